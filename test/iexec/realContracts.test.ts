import { type AbiEvent, parseAbiItem, toEventSelector } from 'viem';
import { readArtifact } from '../../devnet/artifacts.js';
import { toTaskId } from '../../devnet/orders.js';
import type { CanonicalEvent } from '../../indexer/events/CanonicalEvent.js';
import type { AdaptedLog } from '../../indexer/events/logs.js';
import { iexec } from '../../schema/protocols/iexec.js';
import { type Chain, openChain } from '../fluence/openChain.js';
import { DEPOSIT, type Hub, openHub } from './openHub.js';
import { type Played, playPoco } from './playPoco.js';

type Of<Kind extends CanonicalEvent['kind']> = Extract<CanonicalEvent, { kind: Kind }>;

/** The kitty (IexecPocoCommon). */
const KITTY = '0x99c2268479b93fde36232351229815df80837e23';

describe('real iExec contracts', () => {
  let chain: Chain;
  let hub: Hub;
  let played: Played;
  let logs: readonly AdaptedLog[];

  beforeAll(async () => {
    chain = await openChain();
    hub = await openHub(chain);
    played = await playPoco(chain, hub);
    logs = await chain.interpret(hub.network);
  }, 120_000);

  afterAll(async () => {
    await chain?.close();
  });

  const lower = (role: string) => hub.account(role).toLowerCase();

  function list<Kind extends CanonicalEvent['kind']>(kind: Kind): readonly Of<Kind>[] {
    return logs.flatMap(({ events }) => events.filter((event): event is Of<Kind> => event.kind === kind));
  }

  function ofTask<Kind extends 'paid' | 'stakeChanged' | 'escrowChanged'>(kind: Kind, task: string) {
    return list(kind).filter((event) => (event as { readonly task?: string }).task === task);
  }

  it('give the same meaning twice', async () => {
    expect(await chain.interpret(hub.network)).toEqual(logs);
  });

  it('adds up to the balance of every account, and to nothing for a job that is over', async () => {
    const changes = list('escrowChanged');
    const sumOf = (rows: typeof changes) => rows.reduce((sum, { delta }) => sum + delta, 0n);
    for (const role of [
      'requester',
      'sponsor',
      'scheduler',
      'appOwner',
      'worker1',
      'worker5',
      'stranger',
      'buyerOfPool',
    ]) {
      const free = changes.filter(({ account, job, task }) => account === lower(role) && !job && !task);
      expect([role, sumOf(free)]).toEqual([role, await hub.balanceOf(hub.account(role))]);
    }
    const ofJob = (job: string, count: number) => {
      const tasks = Array.from({ length: count }, (_, index) => toTaskId(job as `0x${string}`, index) as string);
      return sumOf(changes.filter((one) => one.job === job || tasks.includes(one.task ?? '')));
    };
    expect(ofJob(played.classic, 3)).toBe(107n);
    expect(ofJob(played.replicated, 1)).toBe(0n);
    expect(ofJob(played.boost, 2)).toBe(0n);
    expect(ofJob(played.sponsored, 1)).toBe(107n);
  });

  it('sets the price aside at the match, spends it at the end, and gives it back at a claim', () => {
    const [held] = list('escrowChanged').filter(({ job }) => job === played.classic);
    expect(held).toMatchObject({ change: 'moved', account: lower('requester'), amount: 321n, delta: 321n });
    const [paid, claimed] = [0, 1].map((index) => ofTask('escrowChanged', toTaskId(played.classic, index)));
    expect(paid).toMatchObject([{ change: 'spent', account: lower('requester'), delta: -107n }]);
    expect(claimed).toMatchObject([{ change: 'moved', account: lower('requester'), delta: -107n }]);
    const deposits = list('escrowChanged').filter(({ change }) => change === 'deposited');
    expect(deposits).toHaveLength(13);
    expect(deposits.every(({ amount }) => amount === DEPOSIT)).toBe(true);
    expect(list('escrowChanged').filter(({ change }) => change === 'withdrawn')).toMatchObject([
      { account: lower('worker1'), delta: -500n },
    ]);
  });

  it('tells pay at once apart: application, dataset, worker and workerpool, out of the price', () => {
    const of = { payer: lower('requester') };
    expect(ofTask('paid', toTaskId(played.classic, 0))).toMatchObject([
      { ...of, role: 'application', recipient: lower('appOwner'), amount: 5n },
      { ...of, role: 'dataset', recipient: lower('datasetOwner'), amount: 2n },
      { ...of, role: 'worker', recipient: lower('worker1'), amount: 95n },
      { ...of, role: 'provider', recipient: lower('scheduler'), amount: 5n },
    ]);
    expect(ofTask('stakeChanged', toTaskId(played.classic, 0))).toMatchObject([
      { change: 'unlocked', account: lower('scheduler'), amount: 30n, delta: -30n },
    ]);
  });

  it('tells a claim apart: the workerpool is slashed into the kitty, its worker has its stake back', () => {
    const task = toTaskId(played.classic, 1);
    expect(ofTask('stakeChanged', task)).toMatchObject([
      { change: 'locked', account: lower('worker2'), amount: 35n, delta: 0n },
      { change: 'slashed', account: lower('scheduler'), amount: 30n, delta: -30n },
      { change: 'unlocked', account: lower('worker2'), amount: 35n, delta: 0n },
    ]);
    expect(ofTask('paid', task)).toMatchObject([{ role: 'penalty', recipient: KITTY, amount: 30n }]);
    expect(list('taskFailed')).toContainEqual({ kind: 'taskFailed', task });
  });

  it('tells a wrong worker apart: its stake goes to those who were right, the kitty to the workerpool', () => {
    const task = toTaskId(played.replicated, 0);
    const slashed = ofTask('stakeChanged', task).filter(({ change }) => change === 'slashed');
    expect(slashed).toMatchObject([{ account: lower('worker5'), node: lower('worker5'), amount: 35n, delta: 0n }]);
    const pay = ofTask('paid', task);
    expect(pay.map(({ role }) => role)).toEqual([
      ...['application', 'dataset', 'bonus', 'worker', 'worker', 'worker', 'worker', 'provider'],
    ]);
    expect(pay[2]).toMatchObject({ payer: KITTY, recipient: lower('scheduler'), amount: 30n });
    // 100 of the price and 35 of the stake, of which the workerpool keeps 5 % and what does not divide.
    expect(pay.slice(3).map(({ amount }) => amount)).toEqual([32n, 32n, 32n, 32n, 7n]);
    const verdicts = list('taskVerified').filter(
      (one) => one.task === task && ['accepted', 'rejected'].includes(one.result),
    );
    expect(verdicts.map(({ node, result }) => [node, result])).toEqual([
      [lower('worker5'), 'rejected'],
      ...['worker1', 'worker2', 'worker3', 'worker4'].map((worker) => [lower(worker), 'accepted']),
    ]);
  });

  it('makes a job of a deal with its names, and says who pays for somebody else', () => {
    const [classic, , sponsored] = list('jobCreated');
    const parts = { app: hub.app.toLowerCase(), appName: 'frame-renderer', category: 'XS (300 s)' };
    const dataset = { dataset: hub.dataset.toLowerCase(), datasetName: 'reference-genome' };
    expect(classic).toMatchObject({
      ...{ job: played.classic, provider: hub.pool.toLowerCase(), buyer: lower('requester') },
      price: { amount: 107n, providerAmount: 100n, unit: 'task' },
      attributes: { ...parts, ...dataset },
    });
    expect(classic?.attributes).not.toHaveProperty('sponsor');
    expect(sponsored).toMatchObject({ buyer: lower('requester'), attributes: { sponsor: lower('sponsor') } });
  });

  it('follows a Boost deal from its match to the pay of its only worker, and to its claim', () => {
    const [boost, sponsored] = list('jobCreated').slice(3);
    const terms = { provider: hub.pool.toLowerCase(), price: { amount: 107n, providerAmount: 100n, unit: 'task' } };
    expect(boost).toMatchObject({
      ...{ ...terms, job: played.boost, buyer: lower('requester') },
      tasks: [0, 1].map((position) => ({ task: toTaskId(played.boost, position), position })),
      deadlineAfterSeconds: 2_100,
      attributes: { appName: 'frame-renderer', datasetName: 'reference-genome', category: 'XS (300 s)' },
    });
    expect(sponsored).toMatchObject({
      ...{ ...terms, job: played.sponsoredBoost, buyer: lower('requester') },
      attributes: { sponsor: lower('sponsor') },
    });
    expect(list('jobAssigned').filter(({ job }) => job === played.boost)).toHaveLength(1);
    const [pushed, claimed] = [0, 1].map((index) => toTaskId(played.boost, index));
    expect(list('taskAttempted')).toContainEqual({ kind: 'taskAttempted', task: pushed, node: lower('worker3') });
    expect(list('taskCompleted')).toContainEqual({ kind: 'taskCompleted', task: pushed });
    expect(list('taskFailed')).toContainEqual({ kind: 'taskFailed', task: claimed });
    expect(ofTask('paid', pushed ?? '').map(({ role, recipient, amount }) => [role, recipient, amount])).toEqual([
      ['worker', lower('worker3'), 95n],
      ['application', lower('appOwner'), 5n],
      ['dataset', lower('datasetOwner'), 2n],
      ['provider', lower('scheduler'), 5n],
    ]);
    // One log pays the workerpool both its share and what the kitty held.
    const ofKitty = ofTask('paid', toTaskId(played.boostOfKitty, 0));
    expect(ofKitty.slice(3).map(({ role, payer, amount }) => [role, payer, amount])).toEqual([
      ['provider', lower('requester'), 5n],
      ['bonus', KITTY, 30n],
    ]);
  });

  it('takes a price from an order that its owner signed, and from no other', () => {
    const pool = hub.pool.toLowerCase();
    const [app, dataset] = [hub.app, hub.dataset].map((entry) => entry.toLowerCase());
    const common = { kind: 'priced', unit: 'task' };
    expect(
      list('priced').map((price) =>
        JSON.parse(JSON.stringify(price, (_, value) => (typeof value === 'bigint' ? Number(value) : value))),
      ),
    ).toEqual([
      {
        ...common,
        basis: 'advertised',
        amount: 100,
        resource: 'category:0',
        provider: pool,
        signer: lower('scheduler'),
      },
      { ...common, basis: 'advertised', amount: 5, resource: `app:${app}` },
      { ...common, basis: 'advertised', amount: 2, resource: `dataset:${dataset}` },
      { ...common, basis: 'bid', amount: 100, resource: 'category:0', provider: pool },
      // The writer knows who owns the workerpool, and refuses these two.
      {
        ...common,
        basis: 'advertised',
        amount: 100,
        resource: 'category:0',
        provider: pool,
        signer: lower('stranger'),
      },
      { ...common, basis: 'bid', amount: 100, resource: 'category:0 tag:0x3', provider: lower('stranger') },
      {
        ...common,
        basis: 'advertised',
        amount: 100,
        resource: 'category:0',
        provider: pool,
        signer: lower('scheduler'),
      },
      {
        ...common,
        basis: 'advertised',
        amount: 120,
        resource: 'category:0',
        provider: pool,
        signer: lower('buyerOfPool'),
      },
    ]);
    const unverified = logs.filter((log) => log.unverified).map(({ decoded }) => decoded.name);
    expect(unverified).toEqual(['BroadcastAppOrder', 'BroadcastDatasetOrder', 'BroadcastRequestOrder']);
  });

  it('follows a workerpool from its creation: its policy, and its next owner', () => {
    const updates = list('providerUpdated').map(({ attributes }) => attributes);
    expect(updates).toEqual([
      {
        ...{ owner: lower('scheduler'), active: true, name: 'Granite batch pool' },
        terms: { workerStake: '30 %', schedulerReward: '1 %' },
      },
      { terms: { workerStake: '35 %', schedulerReward: '5 %' } },
      { owner: lower('buyerOfPool'), active: true, name: 'Granite batch pool' },
    ]);
  });

  it('is known by the very signatures that its artifacts hold', () => {
    const folders = ['artifacts/contracts', 'artifacts/contracts/facets', 'artifacts/contracts/registries/workerpools'];
    const names = [['IexecInterfaceToken'], ['IexecPocoBoostFacet'], ['WorkerpoolRegistry', 'Workerpool']];
    const known = folders.flatMap((folder, at) => (names[at] ?? []).flatMap((name) => readArtifact(folder, name).abi));
    const toKey = (event: AbiEvent) =>
      `${toEventSelector(event)} ${event.inputs.map(({ indexed }) => indexed === true)}`;
    const keys = new Set(known.filter((item): item is AbiEvent => item.type === 'event').map(toKey));
    for (const signature of Object.values(iexec.events).flat()) {
      expect([signature, keys.has(toKey(parseAbiItem(signature) as AbiEvent))]).toEqual([signature, true]);
    }
  });

  it('notes the rules: categories and the owner of the hub', () => {
    const rules = list('parameterChanged').map(({ name, value }) => [name, value]);
    expect(rules).toContainEqual(['category:0', 'XS (300 s)']);
    expect(rules).toContainEqual(['category:5', 'XXL (90000 s)']);
    expect(rules).toContainEqual(['owner', lower('treasury')]);
  });
});
