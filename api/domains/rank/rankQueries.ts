import type { EvidenceGrade } from '../../../schema/metrics/formulas/score/Score.js';
import type { Database } from '../../database/createDatabase.js';

/** Where providers sell, and how far its chain had come. */
export interface MarketRow {
  readonly id: string;
  readonly chainId: number;
  readonly isHistory: boolean;
  readonly capabilities: Readonly<Record<string, true | string>>;
  readonly height: number | null;
  readonly at: Date | null;
}

export function listMarkets(database: Database, networks: readonly string[] | null): Promise<MarketRow[]> {
  return database.query(
    `select n.id, n.chain_id as "chainId", n.recorded as "isHistory", n.capabilities, c.height, c.block_time as at
     from network n join chain c on c.chain_id = n.chain_id
     where $1::text[] is null or n.id = any($1)
     order by n.id`,
    [networks],
  );
}

/** Whose rows are read: all providers of networks, or some of them. */
export interface Scope {
  readonly networks: readonly string[];
  readonly providers: readonly string[] | null;
}

export interface RecordRow {
  readonly id: string;
  readonly networkId: string;
  readonly active: boolean | null;
  /** Of jobs.success over the last 30 days: null where nothing was decided. */
  readonly succeeded: string | null;
  readonly attempts: string | null;
  readonly daysWithAttempts: number;
  /** Of uptime_window over 30 days, in slots; null: no heartbeats. */
  readonly nodes: number | null;
  readonly up: number | null;
  readonly known: number | null;
  readonly expected: number | null;
  readonly failures: number | null;
  readonly repairs: number | null;
  readonly outageDown: number | null;
  readonly effectiveN: string | null;
  readonly lower: string | null;
  readonly windowEnd: Date | null;
  readonly score: string | null;
  readonly scoreJobSuccess: string | null;
  readonly evidence: EvidenceGrade | null;
  readonly evidenceWeight: string | null;
  readonly scoredAt: Date | null;
}

/** What is known of providers as figures, by the keys of metric_day, uptime_window and score. */
export function listRecords(database: Database, { networks, providers }: Scope, day: number): Promise<RecordRow[]> {
  return database.query(records, [networks, providers, day]);
}

const records = `
  select p.id, p.network_id as "networkId", p.active, jobs.num::text as succeeded, jobs.den::text as attempts,
    jobs.days::int as "daysWithAttempts", w.nodes, w.up, w.known, w.expected, w.failures, w.repairs, w.outage_down as "outageDown",
    w.effective_n::text as "effectiveN", w.lower::text as lower, to_timestamp(e.to_hour::int8 * 3600) as "windowEnd",
    last.score::text as score, last.job_success::text as "scoreJobSuccess", last.evidence,
    last.evidence_weight::text as "evidenceWeight", to_timestamp(last.hour::int8 * 3600) as "scoredAt"
  from provider p
  left join metric_subject z on z.kind = 'provider' and z.id = p.id
  left join lateral (
    select sum(m.num) as num, sum(m.den) as den, count(*) filter (where m.den > 0) as days
    from metric_day m
    where m.subject_key = z.subject_key and m.metric_key = (select k.metric_key from metric k where k.id = 'jobs.success')
      and m.day between $3::int - 29 and $3::int
  ) as jobs on true
  left join window_end e on e.network_id = p.network_id
  left join uptime_window w on w.subject_key = z.subject_key and w.days = 30
  left join lateral (
    select s.hour, s.score, s.job_success, s.evidence, s.evidence_weight
    from score s where s.subject_key = z.subject_key order by s.hour desc limit 1
  ) as last on true
  where p.network_id = any($1) and ($2::text[] is null or p.id = any($2))
  order by p.id
`;

export interface MachineRow {
  readonly id: string;
  readonly providerId: string;
  readonly networkId: string;
  readonly active: boolean | null;
  readonly region: string | null;
  readonly gpuModel: string | null;
  readonly gpuCount: number | null;
  readonly vramMb: number | null;
  /** Null: nobody has looked. */
  readonly busy: boolean | null;
}

/**
 * Machines of providers; at work is one with a task that has not ended, by the last block that is rolled, before its deadline. As of the
 * past nobody knows who was.
 */
export function listMachines(
  database: Database,
  { networks, providers }: Scope,
  { isPast }: { readonly isPast: boolean },
): Promise<MachineRow[]> {
  return database.query(machines, [networks, providers, isPast]);
}

const machines = `
  with working as (
    select distinct r.node_id
    from task_running r join network n on n.id = r.network_id join chain c on c.chain_id = n.chain_id
    where r.network_id = any($1) and r.node_id is not null and coalesce(r.deadline, 'infinity') > c.block_time
  )
  select m.id, m.provider_id as "providerId", m.network_id as "networkId", m.active, m.region, m.gpu_model as "gpuModel",
    m.gpu_count as "gpuCount", m.vram_mb as "vramMb",
    case when not $3 and g.rolled_height is not null and net.capabilities -> 'jobs' = 'true' then w.node_id is not null end as busy
  from node m
  join network net on net.id = m.network_id
  left join metric_progress g on g.network_id = m.network_id
  left join working w on w.node_id = m.id
  where m.network_id = any($1) and m.provider_id is not null and ($2::text[] is null or m.provider_id = any($2))
  order by m.id
`;

export interface AskRow {
  readonly networkId: string;
  readonly providerId: string;
  readonly nodeId: string | null;
  readonly unit: string;
  readonly resource: string | null;
  readonly token: string;
  readonly amount: string;
  readonly scale: number | null;
  readonly at: Date;
  readonly isProbed: boolean;
  /** Of what was asked for off chain. */
  readonly gpuModel: string | null;
  readonly gpuCount: number | null;
}

/** The last ask for each thing on chain, by index price_offered, and those off chain that still count at the time. */
export function listAsks(database: Database, { networks, providers }: Scope, now: Date): Promise<AskRow[]> {
  return database.query(asks, [networks, providers, now]);
}

const asks = `
  (
    select distinct on (a.provider_id, a.node_id, a.resource, a.unit) a.network_id as "networkId",
      a.provider_id as "providerId", a.node_id as "nodeId", a.unit, a.resource, a.token, a.amount::text as amount, a.scale,
      a.time as at, false as "isProbed", null as "gpuModel", null::int as "gpuCount"
    from price a
    where a.network_id = any($1) and a.basis = 'advertised' and a.provider_id is not null
      and ($2::text[] is null or a.provider_id = any($2))
    order by a.provider_id, a.node_id, a.resource, a.unit, a.height desc, a.log_index desc, a.part desc
  )
  union all
  (
    select distinct on (r.network_id, r.thing) r.network_id, r.provider_id, r.node_id, r.unit, r.resource, r.token,
      r.amount::text, r.scale, r.last_seen, true, r.attributes ->> 'gpuModel',
      case when r.attributes ->> 'gpuCount' ~ '^[1-9][0-9]{0,5}$' then (r.attributes ->> 'gpuCount')::int end
    from price_reading r
    where r.network_id = any($1) and r.basis = 'advertised' and r.provider_id is not null
      and r.first_seen <= $3 and r.valid_until >= $3 and ($2::text[] is null or r.provider_id = any($2))
    order by r.network_id, r.thing, r.last_seen desc, r.amount
  )
`;

export interface TradeRow {
  readonly networkId: string;
  /** Null: a bid to any provider of the network. */
  readonly providerId: string | null;
  readonly nodeId: string | null;
  readonly unit: string;
  readonly resource: string | null;
  readonly token: string;
  readonly scale: number | null;
  /** The middle one. */
  readonly amount: string;
  readonly n: number;
  /** Of the newest. */
  readonly at: Date;
  readonly height: number;
  /** Of the node, when it was named. */
  readonly gpuCount: number | null;
}

/** Of each provider so many of its last trades, of so many days. */
const TRADES = 30;
const TRADE_DAYS = 30;
const SECONDS_PER_DAY = 86_400;

function toSince(now: Date): Date {
  return new Date(now.getTime() - TRADE_DAYS * SECONDS_PER_DAY * 1_000);
}

/** What was lately agreed on with providers, by index price_provider, without trades with oneself and around rings. */
export function listTrades(database: Database, ids: readonly string[], now: Date): Promise<TradeRow[]> {
  const since = toSince(now);
  return database.query(trades, [ids, since, TRADES, Math.floor(since.getTime() / 1_000 / SECONDS_PER_DAY)]);
}

const middle = `
  percentile_disc(0.5) within group (order by t.amount)::text as amount, count(*)::int as n, max(t.time) as at, max(t.height) as height
`;

/**
 * Whose trade it was is looked up of those alone of whom any is removed. What lies before the time that is asked for is not looked at: who sold
 * much long ago has as many prices as anybody.
 */
const trades = `
  with removed as materialized (
    select distinct r.day, r.buyer, r.provider_id
    from removed_pair r
    where r.network_id in (select p.network_id from provider p where p.id = any($1)) and r.day >= $4 and r.provider_id = any($1)
      and r.reason <> 'noHistory'
  )
  select g.*, v.gpu_count as "gpuCount"
  from (
    select t.network_id as "networkId", t.provider_id as "providerId", t.node_id as "nodeId", t.unit, t.resource, t.token, t.scale,
      ${middle}
    from unnest($1::text[]) as k (id)
    cross join lateral (
      select s.* from price s
      where s.provider_id = k.id and s.time >= $2 and s.basis = 'settled'
      order by s.time desc, s.height desc, s.log_index desc limit $3
    ) as t
    where not case
      when k.id in (select r.provider_id from removed r) then coalesce(
        (k.id, floor(extract(epoch from t.time) / 86400)::int, (select o.buyer from task_outcome o where o.job_id = t.job_id limit 1))
          in (select r.provider_id, r.day, r.buyer from removed r), false)
      else false
    end
    group by t.network_id, t.provider_id, t.node_id, t.unit, t.resource, t.token, t.scale
  ) as g
  left join lateral (
    select n.gpu_count from node_version n
    where n.node_id = g."nodeId" and n.height_from <= g.height and (n.height_to is null or n.height_to > g.height)
    offset 0
  ) as v on true
`;

/** What was lately bid by time, by index price_offered. */
export function listBids(database: Database, { networks, providers }: Scope, now: Date): Promise<TradeRow[]> {
  return database.query(bids, [networks, providers, toSince(now)]);
}

const bids = `
  select t.network_id as "networkId", t.provider_id as "providerId", null as "nodeId", t.unit, t.resource, t.token, t.scale,
    ${middle}, null::int as "gpuCount"
  from price t
  where t.network_id = any($1) and t.basis = 'bid' and t.time >= $3 and t.unit in ('second', 'hour')
    and (t.provider_id is null or $2::text[] is null or t.provider_id = any($2))
  group by t.network_id, t.provider_id, t.unit, t.resource, t.token, t.scale
`;
