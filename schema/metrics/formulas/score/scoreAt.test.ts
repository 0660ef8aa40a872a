import type { NetworkRecord } from './NetworkRecord.js';
import { prepareRecord } from './prepareRecord.js';
import { scoreAt } from './scoreAt.js';
import { DAY } from './scoreMethod.js';
import { scoreNetwork } from './scoreNetwork.js';

const start = 20_000 * DAY;

/** Four newcomers with a job every other hour, of which those of the third fail more and more. */
const record: NetworkRecord = {
  ...{ networkId: 'n', records: { jobs: true, deadlines: false, heartbeats: false }, feeReference: null },
  providers: ['p0', 'p1', 'p2', 'p3'].map((id) => ({ id, bornAt: start, accounts: [], hardware: [] })),
  buyers: [],
  outcomes: Array.from({ length: 500 }, (_, index) => ({
    ...{ taskId: `t${index}`, part: 0, provider: `p${index % 4}`, buyer: `b${index % 7}` },
    ...{ kind: index % 4 === 3 && index % 500 > 99 + (index % 300) ? ('failed' as const) : ('completed' as const) },
    ...{ knownFrom: start + index * 7_200, knownTo: null, eventId: `1-${index}-0`, deadline: null, fee: null },
  })),
  ...{ running: [], payments: [], slots: [], incidents: [] },
};

it('gives for a time what it gives when that is the only one, in whatever order one asks', () => {
  const prepared = prepareRecord(record);
  for (const days of [60, 10, 45, 20, 31, 5, 30, 60]) {
    const at = start + days * DAY;
    expect(scoreAt(prepared, { at })).toEqual(scoreNetwork(record, { at }));
  }
});
