import { readFileSync } from 'node:fs';
import type { FamilyRow } from '../../indexer/metrics/families.js';
import { nameHardware } from '../../indexer/metrics/nameHardware.js';
import type { RollContext } from '../../indexer/metrics/roll/RollStep.js';
import {
  chainRow,
  devnet,
  emptyNetworks,
  hash,
  id,
  jobRow,
  nodeRow,
  type Row,
  type Seed,
  seed,
  stepRow,
  taskRow,
  withClient,
} from '../api/seed.js';
import { between, fullHour, heartbeatNodeRow, hourOf, makePartitions, verdictRow } from '../api/seedHeartbeats.js';
import { describeWithShared, toSharedPath } from '../sharedData.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import type { Range } from './readFamily.js';

const FILE = '../oracles/metric-oracles.json';
const HOUR = hourOf('2026-01-10T12:00:00Z');
const timeOf = (seconds: number) => new Date(HOUR * 3_600_000 + seconds * 1_000);
/** A block a minute, from an hour before HOUR on. */
const heightOf = (seconds: number) => Math.floor(seconds / 60) + 60;

const blocks = Array.from({ length: 300 }, (_, height) => ({
  chain_id: devnet.id,
  height,
  hash: hash('a'),
  parent_hash: hash('a'),
  time: timeOf((height - 60) * 60),
}));

interface Machine {
  readonly name: string;
  readonly gpus: number;
  readonly model?: string;
  readonly region?: string;
}

function machine({ name, gpus, model = 'H100', region = 'eu' }: Machine, row: Row = {}): Seed {
  const said = { provider_id: id('p1'), active: true, gpu_model: model, region, gpu_count: gpus, vram_mb: 2_048 };
  return {
    node: [nodeRow(name, { ...said, height: 0, time: timeOf(-3_600), ...row })],
    node_version: [{ node_id: id(name), height_from: 0, chain_id: devnet.id, ...said, ...row }],
  };
}

interface Work {
  readonly node: string;
  readonly assigned: number;
  readonly started?: number;
  readonly ended?: number;
  readonly deadline?: number;
}

/** A job of one task, in seconds from HOUR on. */
function work(name: string, { node, assigned, started, ended, deadline }: Work): Seed {
  const [job, task] = [id(name), id(`${name}-0`)];
  const step = (seconds: number, kind: string, log: number, row: Row = {}) =>
    stepRow(heightOf(seconds), { time: timeOf(seconds), log_index: log, job_id: job, task_id: task, kind, ...row });
  const span = {
    ended_time: ended === undefined ? null : timeOf(ended),
    status: ended === undefined ? 'running' : 'completed',
  };
  return {
    job: [
      jobRow(name, { ...span, time: timeOf(assigned), deadline: deadline === undefined ? null : timeOf(deadline) }),
    ],
    task: [taskRow(`${name}-0`, { job_id: job, ...span })],
    job_step: [
      step(assigned, 'attempted', 1, { node_id: id(node) }),
      ...(started === undefined ? [] : [step(started, 'started', 2)]),
      ...(ended === undefined ? [] : [step(ended, 'completed', 3)]),
    ],
  };
}

function join(...seeds: readonly Seed[]): Seed {
  const all: Record<string, readonly Row[]> = {};
  for (const one of seeds)
    for (const [table, rows] of Object.entries(one)) all[table] = [...(all[table] ?? []), ...rows];
  return all;
}

async function openWorld(...seeds: readonly Seed[]): Promise<TestDatabase> {
  const database = await createTestDatabase();
  await makePartitions(database.url);
  const chain = [chainRow({ height: 239, block_time: timeOf(10_740) })];
  await seed(database.url, join({ ...emptyNetworks, chain, block: blocks }, ...seeds));
  return database;
}

/** `num`, or `num/den` of a ratio, by metric; of one subject in one hour. */
function of(rows: readonly FamilyRow[], subject: string, hour = HOUR): Readonly<Record<string, string>> {
  const mine = rows.filter((row) => row.subject === subject && row.hour === hour);
  return Object.fromEntries(
    mine.map(({ metric, num, den }) => [
      String(metric).replace('supply.', ''),
      den === null ? trim(num) : `${trim(num)}/${trim(den)}`,
    ]),
  );
}

const trim = (value: unknown) => String(value).replace(/\.0+$/, '');

const statement = readFileSync(new URL('../../indexer/metrics/sql/supply.sql', import.meta.url), 'utf8');

/** As the roller does: after the step that names hardware. */
async function readSupply(url: string, { network, fromHour, toHour }: Range): Promise<readonly FamilyRow[]> {
  let found: readonly FamilyRow[] = [];
  await withClient(url, async (client) => {
    await client.query('begin');
    await nameHardware({ client, network: { id: network } } as unknown as RollContext);
    const { rows } = await client.query<FamilyRow>(statement, [network, fromHour, toHour]);
    found = rows;
  });
  return found;
}

const range = { network: devnet.network, fromHour: HOUR, toHour: HOUR + 1 };

describe('supply by the hour', () => {
  let database: TestDatabase | undefined;
  afterEach(async () => {
    await database?.drop();
    database = undefined;
  });

  it('is in one state at a time while it is online: at work, draining, reserved, available', async () => {
    database = await openWorld(
      machine({ name: 'n1', gpus: 2 }),
      work('j1', { node: 'n1', assigned: 600, started: 1_200, ended: 1_800 }),
      {
        heartbeat_node: [heartbeatNodeRow(id('n1'))],
        node_verdict: [verdictRow(1, HOUR, { maintenance: between(25, 50) })],
      },
    );
    const expected = {
      nodes: '3600/3600',
      registeredGpuSeconds: '7200',
      vramGib: '14400/3600',
      onlineNodes: '3600/3600',
      onlineGpuSeconds: '7200',
      onlineShare: '7200/7200',
      coverage: '7200/7200',
      busyGpuSeconds: '1200',
      busyOnlineGpuSeconds: '1200',
      busySilentGpuSeconds: '0',
      busyRetiredGpuSeconds: '0',
      reservedGpuSeconds: '1200',
      // Twenty minutes of the announced twenty-five: in the first five it was at work.
      drainingGpuSeconds: '2400',
      availableGpuSeconds: '2400',
      utilisation: '1200/7200',
    };
    const rows = await readSupply(database.url, range);
    expect(of(rows, devnet.network)).toEqual(expected);
    const { onlineNodes, coverage, busyRetiredGpuSeconds, ...ofHardware } = expected;
    const { vramGib, ...ofRegion } = ofHardware;
    expect(of(rows, `${devnet.network}:gpu:nvidia-h100`)).toEqual(ofHardware);
    expect(of(rows, `${devnet.network}:region:eu`)).toEqual(ofRegion);
    expect(of(rows, id('p1'))).toEqual({
      registeredGpuSeconds: '7200',
      onlineGpuSeconds: '7200',
      utilisation: '1200/7200',
    });
  });

  it('is neither online nor silent in minutes that nobody observed, and cut at seconds', async () => {
    database = await openWorld(
      machine({ name: 'n1', gpus: 1 }),
      work('j1', { node: 'n1', assigned: 90, started: 90, ended: 1_830 }),
      {
        heartbeat_node: [heartbeatNodeRow(id('n1'))],
        node_verdict: [verdictRow(1, HOUR, { up: between(0, 10), known: between(0, 20) })],
      },
    );
    expect(of(await readSupply(database.url, range), devnet.network)).toMatchObject({
      busyGpuSeconds: '1740',
      busyOnlineGpuSeconds: '510',
      busySilentGpuSeconds: '600',
      onlineShare: '600/1200',
      coverage: '1200/3600',
      utilisation: '510/600',
    });
  });

  it('stands in every hour without an event in it, until the machine is gone, and in the open one up to now', async () => {
    const gone = { node_id: id('n1'), height_from: heightOf(5_400), chain_id: devnet.id, active: false, gpu_count: 2 };
    const { node, node_version } = machine({ name: 'n1', gpus: 2 });
    database = await openWorld(
      { node: node ?? [], node_version: [{ ...node_version?.[0], height_to: heightOf(5_400) }, gone] },
      machine({ name: 'n2', gpus: 1, model: 'A100', region: 'us' }),
      work('j1', { node: 'n1', assigned: 0, started: 0, deadline: 9_000 }),
      // Two at a time are no more than the machine; what never began is at work nowhere.
      work('j2', { node: 'n2', assigned: 3_700, started: 3_700, ended: 4_000 }),
      work('j3', { node: 'n2', assigned: 3_700, started: 3_800, ended: 4_100 }),
      work('j4', { node: 'n2', assigned: 7_300 }),
    );
    const rows = await readSupply(database.url, { ...range, toHour: HOUR + 3 });
    const figures = [0, 1, 2].map((hours) => of(rows, devnet.network, HOUR + hours));
    expect(figures.map(({ registeredGpuSeconds }) => registeredGpuSeconds)).toEqual(['10800', '7200', '3540']);
    expect(figures.map(({ nodes }) => nodes)).toEqual(['7200/3600', '5400/3600', '3540/3540']);
    // After 5,400 s the machine is gone and its task is not; at the deadline that is over, too.
    expect(figures.map(({ busyGpuSeconds }) => busyGpuSeconds)).toEqual(['7200', '7600', '3600']);
    expect(figures.map(({ busyRetiredGpuSeconds }) => busyRetiredGpuSeconds)).toEqual(['0', '3600', '3600']);
    expect(figures.map(({ onlineGpuSeconds }) => onlineGpuSeconds)).toEqual([undefined, undefined, undefined]);
    const single = await Promise.all(
      [0, 1, 2].map((hours) =>
        readSupply(database?.url ?? '', { ...range, fromHour: HOUR + hours, toHour: HOUR + hours + 1 }),
      ),
    );
    expect(sortRows(single.flat())).toEqual(sortRows(rows));
  });

  it('is not at work where the chain does not say when work begins, and has no GPUs where nobody says so', async () => {
    database = await openWorld(
      machine({ name: 'n1', gpus: 4 }),
      { node: [nodeRow('worker', { height: 0, time: timeOf(-10) })] },
      work('j1', { node: 'worker', assigned: 0 }),
    );
    expect(of(await readSupply(database.url, range), devnet.network)).toEqual({
      nodes: '7200/3600',
      registeredGpuSeconds: '14400',
      vramGib: '28800/3600',
    });
  });

  it('takes whatever anybody claims', async () => {
    const most = 2_147_483_647;
    database = await openWorld(
      machine({ name: 'n1', gpus: most }, { vram_mb: most }),
      work('j1', { node: 'n1', assigned: 0, started: 0, ended: 200_000 }),
      { heartbeat_node: [heartbeatNodeRow(id('n1'))], node_verdict: [verdictRow(1, HOUR)] },
    );
    const all = String(BigInt(most) * 3_600n);
    expect(of(await readSupply(database.url, range), devnet.network)).toMatchObject({
      registeredGpuSeconds: all,
      utilisation: `${all}/${all}`,
    });
  });

  it('is by class, however a model is spelled', async () => {
    database = await openWorld(
      machine({ name: 'n1', gpus: 4, model: 'NVIDIA H100 80GB HBM3' }),
      machine({ name: 'n2', gpus: 1, model: 'h100-sxm' }),
      machine({ name: 'n3', gpus: 2, model: 'Banana' }),
    );
    const rows = await readSupply(database.url, range);
    expect(of(rows, `${devnet.network}:gpu:nvidia-h100`)).toEqual({
      nodes: '7200/3600',
      registeredGpuSeconds: '18000',
      vramGib: '36000/3600',
    });
    expect(of(rows, `${devnet.network}:gpu:unknown`)).toMatchObject({ registeredGpuSeconds: '7200' });
  });

  it('of providers whose hours are not kept is the sum of each day', async () => {
    database = await openWorld(
      machine({ name: 'n1', gpus: 2 }),
      machine({ name: 'n2', gpus: 1 }),
      work('j1', { node: 'n1', assigned: 600, started: 1_200, ended: 9_000 }),
      work('j2', { node: 'n2', assigned: 3_000, started: 3_000, ended: 3_600 }),
      {
        heartbeat_node: [heartbeatNodeRow(id('n1')), heartbeatNodeRow(id('n2'))],
        node_verdict: [
          // Before the first task was said to have begun, so of no utilisation, by the hour or by the day.
          verdictRow(1, HOUR - 1),
          verdictRow(1, HOUR, { up: between(0, 30) }),
          verdictRow(1, HOUR + 1),
          verdictRow(2, HOUR + 1, { known: '0', up: '0' }),
        ],
      },
    );
    const { url } = database;
    const day = { network: devnet.network, fromHour: HOUR - 12, toHour: HOUR + 12 };
    const readAt = async (daysLater: number) => {
      const head = { time: timeOf((12 + 24 * daysLater) * 3_600), height: 1_000 + daysLater };
      await withClient(url, async (client) => {
        await client.query('update chain set block_time = $1, height = $2', [head.time, head.height]);
      });
      return readSupply(url, day);
    };
    const hours = await readAt(0);
    const days = await readAt(1);
    const isProvider = ({ kind }: FamilyRow) => kind === 'provider';
    expect(sortRows(days.filter((row) => !isProvider(row)))).toEqual(sortRows(hours.filter((row) => !isProvider(row))));
    expect(days.filter(isProvider).every(({ hour }) => hour === day.fromHour)).toBe(true);
    expect(sumByMetric(days.filter(isProvider))).toEqual(sumByMetric(hours.filter(isProvider)));
    expect(hours.filter(isProvider).length).toBeGreaterThan(days.filter(isProvider).length);
  });

  it('of a network without machines has no rows', async () => {
    database = await openWorld();
    expect(await readSupply(database.url, range)).toEqual([]);
  });

  describeWithShared(FILE, 'and its oracle', () => {
    it('SUP-01: through the tables', async () => {
      const oracles: readonly { readonly id: string; readonly expected: Readonly<Record<string, number>> }[] =
        JSON.parse(readFileSync(toSharedPath(FILE), 'utf8'));
      const expected = oracles.find((oracle) => oracle.id === 'SUP-01')?.expected ?? {};
      // The oracle's n1 works with half of its GPUs for half an hour. A chain does not say so: it is two machines here.
      const found = await openWorld(
        machine({ name: 'n1a', gpus: 4 }),
        machine({ name: 'n1b', gpus: 4 }),
        machine({ name: 'n2', gpus: 4, model: 'A100' }),
        machine({ name: 'n3', gpus: 2, region: 'us' }),
        work('j1', { node: 'n1a', assigned: -600, started: -600, ended: 4_000 }),
        work('j2', { node: 'n1b', assigned: 0, started: 0, ended: 1_800 }),
        work('j3', { node: 'n2', assigned: 0, started: 0, ended: 1_200 }),
        {
          heartbeat_node: ['n1a', 'n1b', 'n2', 'n3'].map((name) => heartbeatNodeRow(id(name))),
          node_verdict: [
            verdictRow(1, HOUR),
            verdictRow(2, HOUR),
            verdictRow(3, HOUR, { up: between(10, 50), known: fullHour }),
            verdictRow(4, HOUR, { up: '0', known: fullHour }),
          ],
        },
      );
      database = found;
      const rows = await readSupply(found.url, range);
      expect(of(rows, devnet.network)).toMatchObject({
        registeredGpuSeconds: String((expected.registeredGpus ?? 0) * 3_600),
        onlineGpuSeconds: String(expected.onlineGpuSeconds),
        busyGpuSeconds: String(expected.busyGpuSeconds),
        busyOnlineGpuSeconds: String(expected.busyWhileOnlineGpuSeconds),
        busySilentGpuSeconds: String(expected.busyButSilentGpuSeconds),
      });
      const shareOf = (name: string) => {
        const row = rows.find((one) => one.metric === `supply.${name}` && one.kind === 'network');
        return Number(row?.num) / Number(row?.den);
      };
      expect(shareOf('utilisation')).toBeCloseTo(expected.utilisation ?? Number.NaN, 9);
      expect(shareOf('onlineShare')).toBeCloseTo(expected.onlineShare ?? Number.NaN, 9);
      expectInvariants(rows);
    });
  });
});

/** registered >= online = available + utilised + reserved + draining, of every subject. */
function expectInvariants(rows: readonly FamilyRow[]): void {
  const subjects = new Set(rows.filter(({ kind }) => kind !== 'provider').map(({ subject }) => String(subject)));
  expect(subjects.size).toBeGreaterThan(2);
  for (const subject of subjects) {
    const figures = of(rows, subject);
    const get = (name: string) => BigInt(figures[name] ?? -1);
    const parts = ['availableGpuSeconds', 'busyOnlineGpuSeconds', 'reservedGpuSeconds', 'drainingGpuSeconds'].map(get);
    expect(parts.filter((part) => part < 0n)).toEqual([]);
    expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(get('onlineGpuSeconds'));
    expect(get('registeredGpuSeconds') - get('onlineGpuSeconds') >= 0n).toBe(true);
  }
}

function sumByMetric(rows: readonly FamilyRow[]): Readonly<Record<string, readonly number[]>> {
  const sums: Record<string, readonly number[]> = {};
  for (const { metric, num, den, n } of rows) {
    const [all = 0, whole = 0, samples = 0] = sums[metric] ?? [];
    sums[metric] = [all + Number(num), whole + Number(den), samples + Number(n)];
  }
  return sums;
}

function sortRows(rows: readonly FamilyRow[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
