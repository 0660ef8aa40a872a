import { computeMechanismsDay } from '../../indexer/metrics/mechanisms/computeMechanismsDay.js';
import {
  address,
  attemptRow,
  chainRow,
  devnet,
  emptyNetworks,
  hash,
  id,
  jobRow,
  networkDeltaRow,
  nodeRow,
  payoutRow,
  providerRow,
  type Row,
  type Seed,
  seed,
  stakeChangeRow,
  stepRow,
  taskRow,
  verificationRow,
} from '../api/seed.js';
import { dayOf, heartbeatNodeRow } from '../api/seedHeartbeats.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { readFamily } from './readFamily.js';

const DAY = dayOf('2026-01-10');
const HOUR = DAY * 24 + 12;
const timeOf = (minutes: number) => new Date(HOUR * 3_600_000 + minutes * 60_000);
const range = { network: devnet.network, fromHour: HOUR, toHour: HOUR + 1 };
const wholeDay = { network: devnet.network, fromHour: DAY * 24, toHour: DAY * 24 + 24 };

const blocks = [0, 10, 20, 30, 40].map((height) => ({
  ...{ chain_id: devnet.id, height, hash: hash('a'), parent_hash: hash('a'), time: timeOf(height) },
}));

const world: Seed = {
  ...emptyNetworks,
  chain: [chainRow({ height: 40, block_time: timeOf(40) })],
  block: blocks,
  network_delta: [networkDeltaRow(0, { time: timeOf(0) })],
};

const machine = (name: string, row: Row): Seed => ({
  node: [nodeRow(name, { height: 0, time: timeOf(0), ...row })],
  node_version: [{ node_id: id(name), height_from: 0, chain_id: devnet.id, active: true, ...row }],
});

function join(...seeds: readonly Seed[]): Seed {
  const all: Record<string, readonly Row[]> = {};
  for (const one of seeds)
    for (const [table, rows] of Object.entries(one)) all[table] = [...(all[table] ?? []), ...rows];
  return all;
}

/** Of a job of four tasks: who attempted each, and when all had ended. */
function finished(name: string, nodes: readonly string[]): Seed {
  const times = { time: timeOf(1), ended_time: timeOf(30), status: 'completed', volume: nodes.length };
  return {
    job: [jobRow(name, times)],
    job_step: nodes.map((node, index) =>
      stepRow(10, {
        ...{ time: timeOf(10), log_index: index, job_id: id(name), task_id: id(`${name}-${index}`) },
        ...{ node_id: id(node), kind: 'attempted' },
      }),
    ),
  };
}

const outcome = (name: string, row: Row): Row => ({
  ...{ job_id: id(name), task_id: id(`${name}-0`), part: 0, network_id: devnet.network, chain_id: devnet.id },
  ...{ known_from: timeOf(20), derived: false, hardware: 'unknown', ...row },
});

describe('the mechanisms of the market', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  async function figures(): Promise<Readonly<Record<string, string>>> {
    const rows = await readFamily(database.url, 'mechanisms', range);
    return Object.fromEntries(
      rows.map(({ metric, kind, subject, num, den }) => [
        `${kind === 'network' ? '' : `${subject} `}${String(metric).replace('mechanisms.', '')}`,
        den === null ? String(Number(num)) : `${Number(num)}/${Number(den)}`,
      ]),
    );
  }

  it('tell how jobs are spread over tasks and machines', async () => {
    const job = finished('j1', ['a', 'a', 'a', 'b']);
    await seed(database.url, join(world, job, finished('j2', ['a', 'b'])));
    expect(await figures()).toEqual({
      tasksPerJob: '6/2',
      nodesPerJob: '4/2',
      // 16/10 of the first, two of the second.
      effectiveNodesPerJob: '3.6/2',
    });
  });

  it('tell what was checked before it was paid, by which means and how long before', async () => {
    const pay = (height: number, task: string, amount: string) =>
      payoutRow(height, { time: timeOf(height), role: 'provider', task_id: id(task), amount });
    const verdict = (height: number, task: string, row: Row = {}) =>
      verificationRow(height, { time: timeOf(height), task_id: id(task), ...row });
    await seed(
      database.url,
      join(world, {
        payout: [pay(20, 't1', '60'), pay(21, 't2', '30'), pay(22, 't3', '10')],
        verification: [
          verdict(10, 't1', { mechanism: 'proof' }),
          // Too late, and against it: neither counts.
          verdict(30, 't2', { mechanism: 'proof' }),
          verdict(11, 't2', { mechanism: 'proof', result: 'rejected' }),
          verdict(12, 't3', { mechanism: 'tee' }),
        ],
      }),
    );
    expect(await figures()).toEqual({
      verifiedShare: '70/100',
      verifiedByProof: '60/100',
      verifiedByTee: '10/100',
      verifiedByConsensus: '0/100',
      verifiedByAcknowledgement: '0/100',
      proofToPay: '1200/2',
    });
    const [median] = computeMechanismsDay(await readFamily(database.url, 'mechanisms_day', wholeDay));
    expect(median).toMatchObject({ metric: 'mechanisms.medianProofToPay', num: '600', n: 2 });
  });

  it('tell of what nobody took, of disputes, punishments, rules and newcomers', async () => {
    const buyer = address('a');
    const provider = { provider_id: id('p1') };
    await seed(
      database.url,
      join(world, {
        provider: [providerRow('p1', { time: timeOf(5) })],
        task_outcome: [
          outcome('j1', { kind: 'cancelled', buyer }),
          outcome('j1', { kind: 'cancelled', buyer, task_id: id('j1-1') }),
          outcome('j2', { kind: 'cancelled', ...provider }),
          outcome('j3', { kind: 'completed', ...provider }),
          outcome('j4', { kind: 'disputed', ...provider }),
          outcome('j5', { kind: 'rejected', ...provider, known_from: timeOf(70) }),
        ],
        price: [1, 2].map((height) => ({
          ...{ chain_id: devnet.id, height, log_index: 0, network_id: devnet.network, job_id: id('j1'), basis: 'bid' },
          ...{ unit: 'task', token: `${devnet.network}:rlc`, amount: String(height * 5), time: timeOf(height) },
        })),
        parameter_change: [
          {
            ...{ chain_id: devnet.id, height: 3, log_index: 0, network_id: devnet.network, name: 'fee', value: '2' },
            ...{ time: timeOf(3), tx_hash: hash('a') },
          },
        ],
        stake_change: [stakeChangeRow(4, { time: timeOf(4), kind: 'slashed', delta: '-1', ...provider })],
      }),
    );
    expect(await figures()).toEqual({
      joins: '1',
      unassignedJobs: '1',
      [`${id(buyer)} unassignedJobs`]: '1',
      unservedBids: '1',
      unservedValue: '10',
      disputeRate: '1/2',
      rejectionRate: '0/2',
      parameterChanges: '1',
      slashes: '1',
    });
  });

  it('tell where capacity and pay lie, and what fell out at once', async () => {
    const of = (provider: string, region: string, gpus: number, uri?: string) => ({
      ...{ provider_id: id(provider), region, gpu_count: gpus, uri: uri ?? null },
    });
    const slot = HOUR * 60;
    await seed(
      database.url,
      join(
        world,
        machine('n1', of('p1', 'eu', 6, 'https://203.0.113.1')),
        machine('n2', of('p2', 'eu', 2, 'https://203.0.113.9:99')),
        machine('n3', of('p3', 'us', 2, 'https://node.example')),
        {
          operator_member: ['p1', 'p3'].map((name) => ({
            ...{ provider_id: id(name), network_id: devnet.network, operator_id: id('op'), links: '[]' },
          })),
          heartbeat_node: ['n1', 'n2', 'n3'].map((name) => heartbeatNodeRow(id(name))),
          outage: [
            { node_key: 1, from_slot: slot, last_slot: slot + 9, down: 10, ended: true },
            // One minute together with the first, of one region; with the third only its operator is.
            { node_key: 2, from_slot: slot + 9, last_slot: slot + 20, down: 12, ended: true },
            { node_key: 3, from_slot: slot + 5, last_slot: slot + 6, down: 2, ended: true },
          ],
          task: [taskRow('t1', { job_id: id('j1') })],
          attempt: [attemptRow(5, { task_id: id('t1'), job_id: id('j1'), node_id: id('n3'), time: timeOf(5) })],
          payout: [payoutRow(20, { time: timeOf(20), role: 'provider', task_id: id('t1'), amount: '7' })],
          provider: [
            providerRow('p1', { time: timeOf(0) }),
            providerRow('p2', { time: timeOf(0) }),
            providerRow('p3', { time: timeOf(0) }),
          ],
        },
      ),
    );
    const rows = computeMechanismsDay(await readFamily(database.url, 'mechanisms_day', wholeDay));
    const found = Object.fromEntries(rows.map((row) => [row.metric.replace('mechanisms.', ''), row]));
    expect(found).toEqual({
      capacityByRegion: expect.objectContaining({
        ...{ num: '6800.000000', n: 2 },
        detail: { effective: '1.470588', top: 'eu', topShare: '0.800000' },
      }),
      capacityByOperator: expect.objectContaining({ num: '6800.000000', n: 2 }),
      capacityByNetworkGroup: expect.objectContaining({
        num: '6800.000000',
        detail: expect.objectContaining({ top: '203.0.113.0/24' }),
      }),
      valueByRegion: expect.objectContaining({ num: '10000.000000', detail: expect.objectContaining({ top: 'us' }) }),
      sharedFailureByRegion: expect.objectContaining({ num: '0.800000', detail: { group: 'eu', gpus: '8' } }),
      sharedFailureByOperator: expect.objectContaining({ num: '0.800000', detail: { group: id('op'), gpus: '8' } }),
      timeToFirstPay: expect.objectContaining({ num: null, n: 3, detail: expect.objectContaining({ paid: 0 }) }),
    });
  });

  it('have nothing to say of a network in which nothing happened', async () => {
    await seed(database.url, world);
    expect(await figures()).toEqual({});
    expect(computeMechanismsDay(await readFamily(database.url, 'mechanisms_day', wholeDay))).toEqual([]);
  });
});
