import { decodeFunctionResult, encodeAbiParameters, parseAbiItem, zeroAddress } from 'viem';
import { iexecViewDeal } from '../../../schema/protocols/abis/iexec.js';
import { getNetwork } from '../../../schema/protocols/protocols.js';
import type { Arguments, DecodedLog, RawLog } from '../../events/logs.js';
import { iexecAdapter } from './iexecAdapter.js';

const network = getNetwork('iexec-bellecour');
const address = (digit: string) => `0x${digit.repeat(40)}` as const;
const [payer, owner, pool, app, worker] = ['a', 'b', 'c', 'd', 'e'].map(address);
const deal = `0x${'12'.repeat(32)}`;

function toLogs(entries: readonly (readonly [name: string, args: Arguments])[], role = 'hub'): DecodedLog[] {
  const place = { height: 30_000_000, address: address('f'), blockHash: deal } as unknown as RawLog;
  return entries.map(([name, args], logIndex) => ({ log: { ...place, logIndex }, network, role, name, args }));
}

function adapt(logs: readonly DecodedLog[], reads: ReadonlyMap<string, unknown> = new Map()) {
  return iexecAdapter.adapt(logs, reads).map(({ events, subject, unverified }) => ({ events, subject, unverified }));
}

const notice = {
  workerpool: pool,
  dealId: deal,
  app,
  dataset: zeroAddress,
  category: 2n,
  tag: '0x0',
  beneficiary: payer,
};
const matched = { dealid: deal, volume: 3n };
const boostMatch = [
  ['Lock', { owner: payer, amount: 321n }],
  ['Lock', { owner, amount: 90n }],
  ['SchedulerNoticeBoost', notice],
  ['OrdersMatched', matched],
] as const;

describe('iExec', () => {
  it('knows a Boost deal by its logs where the hub answers nothing about it', () => {
    const [priceLock, stakeLock, , created] = adapt(toLogs(boostMatch));
    expect(priceLock?.events).toMatchObject([{ kind: 'escrowChanged', account: payer, job: deal, delta: 321n }]);
    expect(stakeLock?.events).toMatchObject([{ kind: 'stakeChanged', change: 'locked', provider: pool, amount: 90n }]);
    expect(created?.events).toMatchObject([
      { kind: 'jobCreated', provider: pool, buyer: payer, price: { amount: 107n, unit: 'task' } },
      { kind: 'jobAssigned', provider: pool },
    ]);
    const [job] = created?.events ?? [];
    expect(job).toMatchObject({ attributes: { app, category: '2' } });
    expect(job).not.toHaveProperty('price.providerAmount');
    expect(job).not.toHaveProperty('deadlineAfterSeconds');
    expect(job).toHaveProperty('tasks.length', 3);
  });

  it('names no buyer of a Boost deal that another pays, where the hub answers nothing about it', () => {
    const [, , , created] = adapt(toLogs([...boostMatch, ['DealSponsoredBoost', { dealId: deal, sponsor: payer }]]));
    expect(created?.events[0]).toMatchObject({ buyer: undefined, attributes: { sponsor: payer } });
  });

  it('finds the worker of a Boost task by its pay, and one who is paid nothing too', () => {
    const pay = (name: string, to: string | undefined, amount: bigint) =>
      [name, { owner: to, amount, ref: deal }] as const;
    const logs = toLogs([
      ...[pay('Seize', payer, 0n), pay('Reward', worker, 0n), pay('Unlock', owner, 0n), pay('Reward', owner, 0n)],
      ['ResultPushedBoost', { dealId: deal, index: 0n, results: '0x' }],
    ]);
    const [seized, , , , pushed] = adapt(logs);
    // Nothing was spent: no fact of it.
    expect(seized?.events).toEqual([]);
    expect(pushed).toMatchObject({
      events: [{ kind: 'taskAttempted', node: worker }, { kind: 'taskCompleted' }],
      subject: { job: deal },
    });
  });

  it('keeps a deal without terms as a job of nothing', () => {
    expect(adapt(toLogs([['OrdersMatched', matched]]))[0]?.events).toEqual([
      { kind: 'jobCreated', job: deal, tasks: [], attributes: {} },
    ]);
  });

  it('sets aside a deal of more tasks than anyone follows', () => {
    const many = toLogs([...boostMatch.slice(0, 3), ['OrdersMatched', { ...matched, volume: 10_001n }]]);
    expect(() => adapt(many)).toThrow('a deal of 10001 tasks; at most 10000 are followed one by one');
  });

  it('takes each move of sRLC for what it is to its accounts; the hub is nobody', () => {
    const moves = [
      { from: zeroAddress, to: payer, value: 5n },
      { from: payer, to: zeroAddress, value: 5n },
      { from: payer, to: worker, value: 5n },
      { from: payer, to: address('f'), value: 5n },
      { from: address('f'), to: worker, value: 5n },
      { from: payer, to: worker, value: 0n },
    ];
    const events = adapt(toLogs(moves.map((args) => ['Transfer', args]))).map((log) => log.events);
    expect(events.map((list) => list.map((event) => Object.values(event)))).toEqual([
      [['escrowChanged', 'deposited', payer, 5n, 5n]],
      [['escrowChanged', 'withdrawn', payer, 5n, -5n]],
      [
        ['escrowChanged', 'moved', payer, 5n, -5n],
        ['escrowChanged', 'moved', worker, 5n, 5n],
      ],
      [['escrowChanged', 'moved', payer, 5n, -5n]],
      [['escrowChanged', 'moved', worker, 5n, 5n]],
      [],
    ]);
  });

  it('makes nothing of a token in the registries whose id is no address, nor of apps and datasets', () => {
    const transfer = ['Transfer', { from: zeroAddress, to: owner, tokenId: 1n << 160n }] as const;
    for (const role of ['workerpoolRegistry', 'appRegistry', 'datasetRegistry']) {
      expect(adapt(toLogs([transfer], role))[0]?.events).toEqual([]);
    }
  });

  it('asks nothing of logs that tell all', () => {
    const names = ['Lock', 'Unlock', 'Transfer', 'TaskClaimed', 'TaskContribute', 'CreateCategory', 'ClosedAppOrder'];
    for (const decoded of toLogs(names.map((name) => [name, {}]))) {
      expect(iexecAdapter.toReads?.(decoded, new Map())).toEqual([]);
      expect(iexecAdapter.toSignatures?.(decoded)).toEqual([]);
    }
  });

  it("reads a deal's terms from hubs of before and after sponsors", () => {
    const abi = [parseAbiItem(iexecViewDeal)] as const;
    const [tuple] = abi[0].outputs;
    const resource = { pointer: app, owner, price: 5n };
    const numbers = { trust: 1n, category: 0n, startTime: 7n, botFirst: 0n, botSize: 2n, workerStake: 0n };
    const parties = { requester: payer, beneficiary: payer, callback: zeroAddress };
    const terms = {
      ...{ ...numbers, ...parties, app: resource, dataset: resource, workerpool: resource },
      ...{ tag: `0x${'0'.repeat(64)}`, params: '{"a":1}', schedulerRewardRatio: 1n, sponsor: worker },
    };
    const newer = { ...tuple, components: [...tuple.components, { name: 'sponsor', type: 'address' }] };
    for (const output of [tuple, newer]) {
      const data = encodeAbiParameters([output], [terms] as never);
      expect(decodeFunctionResult({ abi, data })).toMatchObject({
        ...numbers,
        params: '{"a":1}',
        workerpool: { price: 5n },
      });
    }
  });
});
