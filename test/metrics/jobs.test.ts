import type { CanonicalEvent } from '../../indexer/events/CanonicalEvent.js';
import { rollOutcomes } from '../../indexer/metrics/jobs/rollOutcomes.js';
import { listFamilies } from '../../indexer/metrics/listFamilies.js';
import { ensureMetrics } from '../../indexer/metrics/roll/ensureMetrics.js';
import type { RollPlan } from '../../indexer/metrics/roll/RollPlan.js';
import { verifyNetwork } from '../../indexer/metrics/roll/rebuildNetwork.js';
import { rollNetwork } from '../../indexer/metrics/roll/rollNetwork.js';
import { jobMetrics } from '../../schema/metrics/catalogue/jobMetrics.js';
import { aalenJohansen } from '../../schema/metrics/formulas/jobs/aalenJohansen.js';
import type { Observation } from '../../schema/metrics/formulas/jobs/observations.js';
import { summariseDurations } from '../../schema/metrics/formulas/jobs/summariseDurations.js';
import { wilsonInterval } from '../../schema/metrics/formulas/statistics/wilsonInterval.js';
import { describeWithShared } from '../sharedData.js';
import { createNetwork, network as plainNetwork, toBatches, toLog } from '../writer/marketChain.js';
import { type OpenStore, openStore } from '../writer/openStore.js';
import { findOracle, type Oracle, oracleFile } from './findOracle.js';
import { drawSpacedChain, openRollWorld } from './openRollWorld.js';

const plan: RollPlan = {
  catalogue: jobMetrics,
  families: listFamilies().filter(({ id }) => ['jobs', 'jobs_day', 'survival'].includes(id)),
  firstSteps: [rollOutcomes],
  lastSteps: [],
};

/** A dollar a token. */
const plain = createNetwork('market-usd');
const token = { symbol: 'TOK', decimals: 18, usd: { kind: 'static', usd: '1', note: 'Made up.' } } as const;
const network = { ...plain, definition: { ...plain.definition, workToken: token } };

/** Blocks from the beginning, each of 12 s: the unit of all times here. */
const UNIT = 12;
/** Of 2023-11-15, 00:00 UTC and a little. */
const FIRST = 600;

type Happening = readonly [at: number, ...events: readonly CanonicalEvent[]];

interface JobsWorld extends OpenStore {
  /** What a metric's day says of a subject: `num`, `den`, `n` and `detail`. */
  readDay(metric: string, subject?: string): Promise<Figure | undefined>;
}

interface Figure {
  readonly num: string | null;
  readonly den: string | null;
  readonly n: number;
  readonly detail: Readonly<Record<string, unknown>> | null;
}

/** Through the real writer and a real turn of the roller, all within a day. */
async function inWorld(happenings: readonly Happening[], work: (world: JobsWorld) => Promise<void>): Promise<void> {
  const store = await openStore({ networks: [network] });
  try {
    const byHeight = new Map<number, CanonicalEvent[][]>();
    for (const [at, ...events] of happenings) {
      const logs = byHeight.get(FIRST + at) ?? [];
      logs.push([...events]);
      byHeight.set(FIRST + at, logs);
    }
    const heights = [...byHeight.keys()].sort((one, other) => one - other);
    const blocks = heights.map((height) => ({
      height,
      logs: (byHeight.get(height) ?? []).map((events, logIndex) => toLog(events, { height, logIndex, of: network })),
    }));
    await store.write(toBatches(blocks, 100));
    await ensureMetrics(store.pool, plan.catalogue);
    const rolled = await rollNetwork({ pool: store.pool, network, plan });
    expect(rolled).toMatchObject({ kind: 'rolled', isBehind: false });
    await work({
      ...store,
      async readDay(metric, subject = network.definition.id) {
        const rows = await store.query<Figure>(
          `select num::text, den::text, n, detail from metric_day d join metric m using (metric_key)
           join metric_subject s using (subject_key) where m.id = $1 and s.id = $2`,
          [metric, subject],
        );
        expect(rows.length).toBeLessThanOrEqual(1);
        return rows[0];
      },
    });
  } finally {
    await store.close();
  }
}

const provider = `${network.definition.id}:p`;

function open(id: string, more: Partial<Extract<CanonicalEvent, { kind: 'jobCreated' }>> = {}): CanonicalEvent {
  return {
    ...{ kind: 'jobCreated', job: id, provider: 'p', buyer: 'b', tasks: [{ task: id, position: 0 }], attributes: {} },
    ...more,
  };
}

const end = (kind: 'taskCompleted' | 'taskFailed' | 'taskReopened' | 'taskStarted', task: string): CanonicalEvent => ({
  kind,
  task,
});

function expectNear(got: number, expected: number, { tolerance }: Pick<Oracle, 'tolerance'>): void {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected)));
}

const toRatio = (figure: Figure | undefined) => Number(figure?.num) / Number(figure?.den);

describeWithShared(oracleFile, 'oracles of jobs, from events through the tables to the figures of a day', () => {
  it('JOB-01: success by count and by value', async () => {
    const oracle = findOracle('JOB-01');
    const jobs: readonly { readonly outcome: string; readonly buyer: string; readonly usd: number }[] =
      oracle.inputs.jobs;
    const slash = (task: string): CanonicalEvent => ({
      ...{ kind: 'stakeChanged', change: 'slashed', provider: 'ofTask', task, amount: 1n, delta: -1n },
    });
    const happenings = jobs.flatMap(({ outcome, buyer, usd }, at): readonly Happening[] => {
      const id = `j${at}`;
      const price = { amount: BigInt(usd) * 10n ** 18n, unit: 'task' } as const;
      const [completed, failed, reopened] = [end('taskCompleted', id), end('taskFailed', id), end('taskReopened', id)];
      const ends: Readonly<Record<string, readonly CanonicalEvent[]>> = {
        completed: [completed],
        dispute_won: [completed, reopened, completed],
        failed_provider: [failed],
        timed_out: [],
        dispute_lost: [completed, reopened, failed],
        slashed: [failed, slash(id)],
        // No protocol tells a buyer's fault: what nobody had accepted is held against nobody, too.
        failed_requester: [failed],
        cancelled_before_start: [failed],
        dispute_open: [completed, reopened],
        in_flight: [],
      };
      const isNobodys = outcome === 'failed_requester' || outcome === 'cancelled_before_start';
      const terms = {
        ...{ buyer, price, provider: isNobodys ? undefined : 'p' },
        ...(outcome === 'timed_out' ? { deadlineAfterSeconds: 30 * UNIT } : {}),
      };
      return [[1, open(id, terms)], ...(ends[outcome] ?? []).map((event, index): Happening => [2 + index * 3, event])];
    });
    await inWorld([...happenings, [90, { kind: 'parameterChanged', name: 'x', value: 'y' }]], async (world) => {
      const { expected } = oracle;
      const success = await world.readDay('jobs.success');
      expect(success).toMatchObject({ num: String(expected.succeeded), den: String(expected.decided) });
      expectNear(toRatio(success), expected.countRate, oracle);
      const { lower } = wilsonInterval({ successes: Number(success?.num), n: Number(success?.den) });
      expectNear(lower, expected.wilsonLower, oracle);
      expectNear(toRatio(await world.readDay('jobs.valueSuccess')), expected.valueRate, oracle);
      expectNear(toRatio(await world.readDay('jobs.cappedSuccess')), expected.cappedRate, oracle);
      expectNear(toRatio(await world.readDay('jobs.cappedSuccess', provider)), expected.cappedRate, oracle);
      expect((await world.readDay('jobs.tasksDecided', provider))?.num).toBe(String(expected.decided));
      expect((await world.readDay('jobs.excluded'))?.num).toBe(String(expected.excluded));
      expect((await world.readDay('jobs.excluded', provider))?.num).toBeUndefined();
      expect((await world.readDay('jobs.timedOut'))?.num).toBe('1');
      expect((await world.readDay('jobs.slashed'))?.num).toBe('1');
      expect((await world.readDay('jobs.disputesLost'))?.num).toBe('1');
      expect((await world.readDay('jobs.disputed'))?.num).toBe('3');
      expect((await world.readDay('jobs.opened'))?.num).toBe(String(jobs.length));
      expect((await world.readDay('jobs.opened', `${network.definition.id}:b1`))?.num).toBe('2');
      const running = await world.query('select task_id from task_running');
      const contested = await world.query(
        `select task_id from task_outcome where kind = 'disputed' and known_to is null`,
      );
      expect(running.length + contested.length).toBe(expected.censored);
    });
  });

  it('JOB-02 and JOB-03: how long tasks take, and how they end, where some were given up', async () => {
    const [survival, incidence] = [findOracle('JOB-02'), findOracle('JOB-03')];
    const observations: readonly { readonly t: number; readonly status: string }[] =
      survival.inputs.observationsMinutes;
    // Thrice each, which changes no estimate, so that they are enough. Given to another, it is lost sight of.
    const happenings = [0, 1, 2].flatMap((copy) =>
      observations.flatMap(({ t, status }, at): readonly Happening[] => {
        const id = `j${copy}-${at}`;
        const kind = status === 'complete' ? 'taskCompleted' : 'taskFailed';
        const given: CanonicalEvent = { kind: 'jobAssigned', job: id, provider: 'q' };
        return [
          [1, open(id)],
          [1 + t, status === 'censored' ? given : end(kind, id)],
        ];
      }),
    );
    await inWorld(happenings, async (world) => {
      const median = await world.readDay('survival.medianToEnd', provider);
      expect(median?.n).toBe(24);
      expect(Number(median?.num)).toBe(survival.expected.medianMinutes * UNIT);
      const last = incidence.expected.table.at(-1);
      const six = { tolerance: 1e-6 };
      expectNear(Number((await world.readDay('survival.completeIn24h', provider))?.num), last.cifComplete, six);
      expectNear(Number((await world.readDay('survival.failIn24h', provider))?.num), last.cifFail, six);
      // Those that were given away run on with the other, up to the second after the last block.
      const runOn = [14, 10, 5].map((units) => ({ t: units * UNIT + 1, end: null }));
      const all = [0, 1, 2].flatMap(() => [
        ...runOn,
        ...observations.map(({ t, status }): Observation => {
          return { t: t * UNIT, end: status === 'complete' || status === 'fail' ? status : null };
        }),
      ]);
      const complete = await world.readDay('survival.completeIn24h');
      expect(complete).toMatchObject({ n: 33, detail: { running: 18 } });
      expectNear(Number(complete?.num), aalenJohansen(all).at(-1)?.complete ?? Number.NaN, six);
      expect(await world.readDay('survival.medianToEnd', `${network.definition.id}:q`)).toBeUndefined();
    });
  });

  it('JOB-04: the time to start, and its range alone where samples are few', async () => {
    const oracle = findOracle('JOB-04');
    const samples: readonly number[] = oracle.inputs.secondsToStart;
    const happenings = samples.flatMap((t, at): readonly Happening[] => [
      [1, open(`j${at}`)],
      [1 + t, end('taskStarted', `j${at}`), end('taskCompleted', `j${at}`)],
    ]);
    await inWorld(happenings, async (world) => {
      expect(await world.readDay('jobs.timeToStartP50')).toEqual({
        ...{ num: null, den: null, n: 10 },
        detail: { reason: 'fewSamples', min: 9 * UNIT, max: 600 * UNIT },
      });
      const statement = plan.families.find(({ id }) => id === 'jobs_day')?.sql ?? '';
      const hour = 472_224;
      const rows = await world.query<{ part: string; starts: number[] }>(statement, [
        ...[network.definition.id, hour, hour + 24],
      ]);
      const starts = rows.flatMap((row) => row.starts ?? []);
      const { percentiles, mean } = summariseDurations(starts, { minSamples: 1 });
      for (const [at, got] of [percentiles.p50, percentiles.p90, percentiles.p95, percentiles.p99].entries())
        expectNear(Number(got) / UNIT, oracle.expected.cont[at], oracle);
      expectNear(Number(mean) / UNIT, oracle.expected.mean, oracle);
    });
    const twice = [
      ...happenings,
      ...samples.flatMap((t, at): readonly Happening[] => [
        [1, open(`k${at}`)],
        [1 + t, end('taskStarted', `k${at}`), end('taskCompleted', `k${at}`)],
      ]),
    ];
    await inWorld(twice, async (world) => {
      const p95 = await world.readDay('jobs.timeToStartP95', provider);
      expect(p95).toMatchObject({ n: 20, detail: { min: 108, max: 7200 } });
      expect(Number(p95?.num)).toBe(600 * UNIT);
      expect(await world.readDay('jobs.timeToStartP99', provider)).toBeUndefined();
    });
  });

  it('JOB-05: promises kept, and missed while it runs', async () => {
    const oracle = findOracle('JOB-05');
    const jobs: readonly { readonly promisedMinutes: number; readonly actualMinutes: number | null }[] =
      oracle.inputs.jobs;
    const happenings = jobs.flatMap(({ promisedMinutes, actualMinutes }, at): readonly Happening[] => [
      [1, open(`j${at}`, { deadlineAfterSeconds: promisedMinutes * UNIT })],
      ...(actualMinutes === null ? [] : [[1 + actualMinutes, end('taskCompleted', `j${at}`)] as const]),
    ]);
    await inWorld(happenings, async (world) => {
      const { expected } = oracle;
      const kept = await world.readDay('jobs.onTime', provider);
      expect(kept).toMatchObject({ num: String(expected.onTime), den: String(expected.decided) });
      expectNear(toRatio(kept), expected.onTimeRate, oracle);
      const ratio = await world.readDay('jobs.promiseRatio');
      expectNear(Number(ratio?.num), expected.geoMeanRatioFinished, { tolerance: 1e-6 });
    });
  });
});

describe('figures of jobs', () => {
  it('are the same by turns and from nothing, through reorganisations', async () => {
    const world = await openRollWorld(plan);
    try {
      const chain = drawSpacedChain({ seed: 21, blocks: 500 });
      const kinds = new Set<string>();
      const verify = async () => {
        const verified = await verifyNetwork({ pool: world.pool, network: plainNetwork, plan: world.plan });
        expect(verified).toMatchObject({ compared: { differences: [] } });
      };
      for (let at = 0; at < chain.length; at += 125) {
        await world.write(toBatches(chain.slice(at, at + 125), 50, await world.store.findCursor()));
        await world.rollAll();
      }
      await verify();
      for (const [seed, from] of [
        [22, 300],
        [23, 150],
      ] as const) {
        const height = chain[from - 1]?.height ?? 0;
        await world.replace(height, drawSpacedChain({ seed, blocks: 200, from: from + 1, fork: `${seed}` }));
        world.store.forget();
        await world.rollAll();
        await verify();
      }
      for (const line of await world.dumpMetrics()) kinds.add(line.split(' ', 2).join(' '));
      for (const { id, subjects } of jobMetrics) {
        // The drawn chain has no region but of nodes, and its deadlines are short or far.
        const kind = subjects.find((subject) => kinds.has(`${id} ${subject}`));
        if (id !== 'jobs.valueSuccess' && id !== 'jobs.cappedSuccess') expect([id, kind]).toEqual([id, subjects[0]]);
      }
    } finally {
      await world.close();
    }
  });
});
