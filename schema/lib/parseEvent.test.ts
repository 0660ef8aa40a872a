import fc from 'fast-check';
import { type AbiEvent, parseAbiItem, toEventSelector } from 'viem';
import { parseEvent } from './parseEvent.js';

describe('parseEvent', () => {
  it.each([
    'event Transfer(address indexed from, address indexed to, uint256 value)',
    'event Unnamed(uint256, address indexed)',
    'event Nothing()',
    'event Nested(uint256 indexed id, ((address addr, uint96 gasLimit) callback, bytes4 selector)[] requirements, string url)',
    'event Arrays(uint256[2][] sizes, bytes32[] indexed keys)',
  ])('reads as viem does: %s', (signature) => {
    expect(parseEvent(signature)).toEqual(parseAbiItem(signature));
  });

  it.each(['error', 'match', 'after', 'default', 'sizeof'])('takes a parameter named %s for what it is', (keyword) => {
    const event = parseEvent(`event Failed(uint256 indexed ${keyword}, (bytes ${keyword}) inner, bytes last)`);
    expect(event.inputs).toMatchObject([{ name: keyword }, { components: [{ name: keyword }] }, { name: 'last' }]);
    expect(toEventSelector(event)).toBe(toEventSelector('Failed(uint256,(bytes),bytes)'));
  });

  it('leaves every name as it was', () => {
    const name = fc.stringMatching(/^[a-z_][A-Za-z0-9_]{0,8}$/).filter((one) => one !== 'indexed');
    fc.assert(
      fc.property(name, name, (one, other) => {
        const { inputs } = parseEvent(`event Pair(uint256 indexed ${one}, (string ${other}) pair)`) as AbiEvent;
        expect(inputs).toMatchObject([{ name: one, indexed: true }, { components: [{ name: other }] }]);
      }),
    );
  });

  it('says what does not parse', () => {
    expect(() => parseEvent('event Broken(uint256 a')).toThrow(/Broken/);
  });
});
