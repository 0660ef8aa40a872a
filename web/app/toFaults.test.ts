import { answerFaultReasons } from '../../indexer/source/blocks/AnswerFault.js';
import { type StatusFacts, toFaults, wrongAnswers } from './toFaults.js';

type Chain = StatusFacts['chains'][number];
const endpoint = (given: Partial<Chain['endpoints'][number]> = {}) => ({
  ...{
    name: 'https://rpc.example',
    state: 'usable',
    faults: '0',
    faultReason: null,
    faultAt: null,
    setAsideUntil: null,
  },
  ...given,
});
const chain = (given: Partial<Chain> = {}): Chain => ({
  ...{ id: '1', name: 'devnet', recorded: false, phase: 'live', stale: false, quarantined: 0, anomalyCount: 0 },
  ...{ verifiedShare: 1, headAt: null, seenAt: null, block: { number: '1200' }, endpoints: [endpoint()] },
  ...given,
});
const quiet: StatusFacts['heartbeatStatus'] = { down: false, unheard: [], observers: [] };
const read = (chains: readonly Chain[], given: Partial<StatusFacts> = {}) =>
  toFaults({ chains, probes: [], heartbeatStatus: quiet, ...given }).map(({ severity, what, href }) => [
    severity,
    what,
    href,
  ]);

describe('the list of faults', () => {
  it('is empty where all is well, and where nothing has begun', () => {
    expect(read([chain()])).toEqual([]);
    expect(read([chain({ endpoints: [], verifiedShare: null, block: null })])).toEqual([]);
    expect(read([chain({ recorded: true, phase: 'complete', verifiedShare: 0 })])).toEqual([]);
    expect(read([], { heartbeatStatus: { ...quiet, down: null } })).toEqual([]);
  });

  it('names a halted chain once, though it is behind as well', () => {
    expect(read([chain({ phase: 'halted', stale: true })])).toEqual([['now', '{chain} has halted.', '#chain-1']]);
    expect(read([chain({ stale: true })])).toEqual([['now', '{chain} is behind.', '#chain-1']]);
  });

  it('has what makes figures wrong before what is only worth knowing', () => {
    const faults = read(
      [
        chain({
          quarantined: 3,
          anomalyCount: 1,
          verifiedShare: 0.5,
          endpoints: [endpoint({ faults: '2' }), endpoint({ state: 'resting' })],
        }),
        chain({ id: '2', endpoints: [endpoint({ state: 'setAside', faultReason: 'logMissing' })] }),
      ],
      {
        probes: [{ id: 'p', targets: 5, failing: 2, network: null }],
        heartbeatStatus: { down: true, unheard: ['x'], observers: [{ name: 'north', alive: false, lastAlive: null }] },
      },
    );
    expect(faults.map(([severity]) => severity)).toEqual([...Array(3).fill('now'), ...Array(7).fill('note')]);
    expect(faults[0]).toEqual(['now', 'None of the endpoints of {chain} can be asked at the moment.', '#chain-2']);
    expect(faults.map(([, , href]) => href)).toEqual(
      expect.arrayContaining(['#set-aside', '#anomalies', '#heartbeats', '#probes', '#chain-1']),
    );
  });

  it('tells of an observer that is away while others observe', () => {
    const observers = [
      { name: 'north', alive: false, lastAlive: '2026-01-01T00:00:00.000Z' },
      { name: 'south', alive: true, lastAlive: null },
      { name: 'new', alive: null, lastAlive: null },
    ];
    expect(read([], { heartbeatStatus: { ...quiet, observers } })).toEqual([
      ['note', 'The observer {name} is away.', '#heartbeats'],
    ]);
  });

  it('has words for everything that an endpoint can do wrong', () => {
    expect(Object.keys(wrongAnswers).sort()).toEqual(Object.keys(answerFaultReasons).sort());
  });
});
