import type { AppLoadContext } from '@remix-run/node';
import { findPresent } from './findPresent.js';

const chain = (id: string, timestamp: string, recorded = false) => ({
  ...{ id, name: id, recorded, phase: 'live', headNumber: null, stale: false },
  block: { number: '1', hash: '0x', timestamp },
});
const chains = [
  chain('1', '2026-02-01T10:00:00.000Z'),
  chain('2', '2026-02-01T12:00:00.000Z'),
  chain('3', '2029-01-01T00:00:00.000Z', true),
];

function findAt(search: string): Promise<Date> {
  const context = { search, query: async () => ({ data: { _meta: { chains } } }), report: () => undefined };
  return findPresent(context as unknown as AppLoadContext);
}

describe('the time that ranges count back from', () => {
  it.each([
    ['?at=2026-01-31+12:30', '2026-01-31T12:30:00.000Z'],
    ['?at=1:77', '2026-02-01T10:00:00.000Z'],
    ['?at=77', '2026-02-01T12:00:00.000Z'],
    ['?finality=safe', '2026-02-01T12:00:00.000Z'],
  ])('as of %s is %s', async (search, time) => {
    expect((await findAt(search)).toISOString()).toBe(time);
  });

  it('is now where no moment is named', async () => {
    const before = Date.now();
    expect(Number(await findAt('?interval=day'))).toBeGreaterThanOrEqual(before);
  });
});
