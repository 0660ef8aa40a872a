import { toVersions } from './writeVersions.js';

const open = {
  provider_id: 'n:a',
  chain_id: 1,
  height_from: 5,
  height_to: null,
  owner: '0x1',
  name: 'old',
  uri: null,
  active: true,
  terms: { cut: '1' },
};

describe('provider versions', () => {
  it('close the open version where the next begins, and carry over what did not change', () => {
    const versions = toVersions(
      [open],
      [{ provider_id: 'n:a', chain_id: 1, height: 9, active: false, terms: { fee: '2' } }],
    );
    expect(versions).toEqual([
      { ...open, height_to: 9 },
      { ...open, height_from: 9, active: false, terms: { cut: '1', fee: '2' } },
    ]);
  });

  it('keep the last word of a block', () => {
    const change = { provider_id: 'n:a', chain_id: 1, height: 9 };
    const versions = toVersions(
      [],
      [
        { ...change, name: 'first' },
        { ...change, owner: '0x2', name: 'second' },
      ],
    );
    expect(versions).toHaveLength(1);
    expect(versions[0]).toMatchObject({ height_from: 9, height_to: null, name: 'second', owner: '0x2' });
  });

  it('change the open version in place within the block it was born in', () => {
    const versions = toVersions([open], [{ provider_id: 'n:a', chain_id: 1, height: 5, name: 'new' }]);
    expect(versions).toEqual([{ ...open, name: 'new' }]);
  });
});
