import { ensureMetrics } from '../../indexer/metrics/roll/ensureMetrics.js';
import type { RollFamily, RollPlan } from '../../indexer/metrics/roll/RollPlan.js';
import type { RollStep } from '../../indexer/metrics/roll/RollStep.js';
import { type Rolled, type RollOptions, rollNetwork } from '../../indexer/metrics/roll/rollNetwork.js';
import type { MetricDefinition } from '../../schema/metrics/MetricDefinition.js';
import type { Network } from '../../schema/protocols/protocols.js';
import { type Block, drawChain, network, toBatches, toCursor, toLog } from '../writer/marketChain.js';
import { type OpenStore, openStore } from '../writer/openStore.js';

export interface RollWorld extends OpenStore {
  /** One turn. Hours that the steps were given are in `hours`. */
  roll(options?: Partial<RollOptions>): Promise<Rolled>;
  /** Turns until nothing is left. */
  rollAll(options?: Partial<RollOptions>): Promise<readonly Rolled[]>;
  /** Hours of the last turn, as the steps saw them. */
  readonly hours: readonly number[];
  readonly plan: RollPlan;
  /** Everything that is derived, by names and not by numbers, letter by letter, and how far it is. */
  dumpMetrics(): Promise<readonly string[]>;
  /** Takes back what is above a height, and writes other blocks in its place. */
  replace(height: number, blocks: readonly Block[]): Promise<void>;
}

/** A real writer beside a roller with families of every kind. */
export async function openRollWorld(overrides: Partial<RollPlan> = {}): Promise<RollWorld> {
  const store = await openStore();
  let hours: readonly number[] = [];
  const watch: RollStep = async (context) => {
    hours = context.hours;
    return [];
  };
  const plan: RollPlan = {
    catalogue,
    families,
    ...overrides,
    firstSteps: [...(overrides.firstSteps ?? []), watch],
    lastSteps: overrides.lastSteps ?? [],
  };
  await ensureMetrics(store.pool, plan.catalogue);
  const roll: RollWorld['roll'] = (options) => rollNetwork({ pool: store.pool, network, plan, ...options });
  return {
    ...store,
    plan,
    roll,
    get hours() {
      return hours;
    },
    async rollAll(options) {
      const turns: Rolled[] = [];
      for (;;) {
        const rolled = await roll(options);
        turns.push(rolled);
        if (rolled.kind !== 'rolled' || !rolled.isBehind) return turns;
      }
    },
    async dumpMetrics() {
      const rows = await store.query<{ line: string }>(dump);
      return rows.map(({ line }) => line);
    },
    async replace(height, blocks) {
      const from = await store.store.findCursor();
      if (!from) throw new Error('a chain is written');
      const kept = await store.store.rollBack(store.lease, { from, height });
      if (kept?.height !== height) throw new Error(`the chain goes on from ${height}`);
      await store.write(toBatches(blocks, 50, kept));
    },
  };
}

const dump = `
  select concat_ws(' ', m.id, s.kind, s.id, 'hour', h.hour, h.num, h.den, h.n, h.detail) as line
  from metric_hour h join metric_subject s using (subject_key) join metric m using (metric_key)
  union all
  select concat_ws(' ', m.id, s.kind, s.id, 'day', d.day, d.num, d.den, d.n, d.detail)
  from metric_day d join metric_subject s using (subject_key) join metric m using (metric_key)
  union all
  select concat_ws(' ', 'progress', network_id, rolled_height, extract(epoch from rolled_time)) from metric_progress
  order by line`;

/** Twelve blocks an hour, so that a few hundred of them are days. */
export function drawSpacedChain(options: {
  readonly seed: number;
  readonly blocks: number;
  readonly from?: number;
  readonly fork?: string;
  readonly of?: Network;
}): readonly Block[] {
  const { fork = '', of = network } = options;
  return drawChain({ logsPerBlock: 4, ...options }).map(({ height: place, logs }) => {
    const height = place * BLOCKS_APART;
    return { height, fork, logs: logs.map(({ events }, logIndex) => toLog(events, { height, logIndex, fork, of })) };
  });
}

/** Of 12 s. */
const BLOCKS_APART = 25;

export function lastOf(blocks: readonly Block[]) {
  const last = blocks.at(-1);
  if (!last) throw new Error('there are blocks');
  return toCursor(last);
}

function define(
  id: MetricDefinition['id'],
  rest: Pick<MetricDefinition, 'value' | 'grains' | 'subjects'>,
): MetricDefinition {
  const words = {
    title: id,
    definition: id,
    formula: id,
    unit: 'count',
    methodVersion: 1,
    sources: ['event'],
  } as const;
  return { id, ...words, ...rest };
}

export const catalogue: readonly MetricDefinition[] = [
  define('counting.events', { value: 'sum', grains: ['hour', 'day'], subjects: ['network'] }),
  define('counting.paid', { value: 'sum', grains: ['hour', 'day'], subjects: ['provider'] }),
  define('counting.success', { value: 'ratio', grains: ['hour', 'day'], subjects: ['network', 'provider'] }),
  define('middle.paid', { value: 'computed', grains: ['hour', 'day'], subjects: ['network'] }),
  define('level.stake', { value: 'computed', grains: ['hour', 'day'], subjects: ['network'] }),
];

const window = 'time >= to_timestamp($2::integer * 3600.0) and time < to_timestamp($3::integer * 3600.0)';
const hourOf = 'floor(extract(epoch from time) / 3600)::integer';

const counting: RollFamily = {
  id: 'counting',
  grain: 'hour',
  sql: `-- Amounts of payouts have up to 42 digits; a hundredth is taken, so that scales differ.
    with ended as (
      select s.network_id, s.provider_id, ${hourOf} as hour, (s.kind = 'completed')::integer as good
      from (select st.*, j.network_id from job_step st join job j on j.id = st.job_id) s
      where s.network_id = $1 and s.kind in ('completed', 'failed') and ${window}
    )
    select 'counting.events' as metric, 'network' as kind, network_id as subject, ${hourOf} as hour, count(*)::numeric as num,
      null::numeric as den, count(*) as n, null::jsonb as detail
    from event where network_id = $1 and ${window} group by network_id, ${hourOf}
    union all
    select 'counting.paid', 'provider', provider_id, ${hourOf}, sum(amount / 100), null, count(*),
      jsonb_build_object('largest', max(amount))
    from payout where network_id = $1 and provider_id is not null and ${window} group by provider_id, ${hourOf}
    union all
    select 'counting.success', 'network', network_id, hour, sum(good), count(*), count(*), null from ended group by network_id, hour
    union all
    select 'counting.success', 'provider', provider_id, hour, sum(good), count(*), count(*), null
    from ended where provider_id is not null group by provider_id, hour;
  `,
};

/** A middle cannot be added: a family of hours that computes, and one of days. */
function middle(id: string, grain: 'hour' | 'day'): RollFamily {
  const bucket = grain === 'hour' ? hourOf : `(${hourOf} / 24 * 24)`;
  return {
    ...{ id, grain },
    sql: `select ${bucket} as hour, network_id, amount::text as amount from payout where network_id = $1 and ${window}
      order by 1, amount, height, log_index, part`,
    compute(rows) {
      const byHour = new Map<number, (typeof rows)[number][]>();
      for (const row of rows) byHour.set(Number(row.hour), [...(byHour.get(Number(row.hour)) ?? []), row]);
      return [...byHour].map(([hour, paid]) => ({
        ...{ metric: 'middle.paid', kind: 'network' as const, subject: String(paid[0]?.network_id), hour },
        num: paid.length < 2 ? null : String(paid[paid.length >> 1]?.amount),
        ...{ den: null, n: paid.length },
        ...(paid.length < 2 ? { detail: { reason: 'few' } } : {}),
      }));
    },
  };
}

function level(id: string, grain: 'hour' | 'day'): RollFamily {
  const step = grain === 'hour' ? 1 : 24;
  return {
    ...{ id, grain, carries: 'state' as const },
    sql: `select 'level.stake' as metric, 'network' as kind, $1::text as subject, hour, sum(s.delta) as num, null as den,
        count(*) as n, null as detail
      from generate_series($2::integer, $3::integer - 1, ${step}) as hour
      join stake_change s on s.network_id = $1 and s.time < to_timestamp((hour + ${step}) * 3600.0)
      group by hour`,
  };
}

export const families: readonly RollFamily[] = [
  counting,
  middle('middle', 'hour'),
  level('level', 'hour'),
  middle('middle_day', 'day'),
  level('level_day', 'day'),
];
