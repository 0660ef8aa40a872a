import { matchGpu } from '../../../schema/hardware/matchGpu.js';
import type { Database } from '../../database/createDatabase.js';
import { countOverdueTasks } from '../../database/overdue.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import { ifRecorded } from '../../database/records.js';
import { type JobPlace, toPlaceOfJob } from '../job/jobQueries.js';
import type { FailedRow } from '../network/networkQueries.js';
import type { PriceRow } from '../token/Price.js';

/** What resolvers read of a provider; the other columns leave under the names they are selected with. */
export interface ProviderRow {
  readonly id: string;
  readonly networkId: string;
  readonly terms: Readonly<Record<string, unknown>>;
  readonly altered: Readonly<Record<string, string>>;
}

/** What resolvers read of a node. */
export interface NodeRow {
  readonly gpuModel: string | null;
  readonly gpuCount: number | null;
  readonly vramMb: number | null;
  readonly altered: Readonly<Record<string, string>>;
}

export const providerTotals = {
  jobs: ifRecorded('jobs', 'p.jobs'),
  tasksCompleted: ifRecorded('jobs', 'p.tasks_completed'),
  tasksFailed: ifRecorded('jobs', `p.tasks_failed + ${countOverdueTasks('j.provider_id = p.id')}`),
  stake: ifRecorded('stake', 'p.stake'),
  stakeRewarded: ifRecorded('stake', 'p.rewarded'),
  stakeSlashed: ifRecorded('stake', 'p.slashed'),
  paid: ifRecorded('payout', 'p.paid'),
};

const join = 'join network n on n.id = p.network_id join chain c on c.chain_id = p.chain_id';
const from = `from provider p ${join}`;

export const providers = {
  columns: `
  p.id, p.network_id as "networkId", p.native_id as "nativeId", p.owner, p.name, p.uri, p.active, p.terms,
  p.altered,
  p.time as "createdAt", p.height as "createdHeight", p.last_time as "lastActiveAt",
  p.last_height as "lastActiveHeight",
  ${providerTotals.jobs} as "jobCount", ${providerTotals.tasksCompleted} as "tasksCompleted",
  ${providerTotals.stake} as stake, ${providerTotals.stakeRewarded} as "stakeRewarded",
  ${providerTotals.stakeSlashed} as "stakeSlashed", ${providerTotals.paid} as paid
  `,
  from,
  lookup: { rows: 'from provider p', alias: 'p', join, isNamed: /\b[nc]\./ },
};

/** Of a provider's latest priced job, by index job_provider; else what it asked for last, by index price_provider. */
export const latestPriced = (providerId: string) => `
  with agreed as (
    select j.provider_price as price, j.price_token, j.price_unit, j.price_scale, j.chain_id, j.height, j.time
    from job j
    where j.provider_id = ${providerId} and j.provider_price is not null and j.price_token is not null
    order by j.time desc, j.id limit 1
  )
  select * from agreed
  union all
  (
    select a.amount, a.token, a.unit, a.scale, a.chain_id, a.height, a.time from price a
    where a.provider_id = ${providerId} and a.basis = 'advertised' and not exists (select from agreed)
    order by a.time desc, a.height desc, a.log_index desc, a.part limit 1
  )
`;

/** Of a provider, by the keys of metric_subject and score: joined, Postgres looks through the newest scores of all until it meets the provider's. */
export const lastScore = (providerId: string) => `
  select s.score from score s
  where s.subject_key = (select z.subject_key from metric_subject z where z.kind = 'provider' and z.id = ${providerId})
  order by s.hour desc limit 1
`;

/** Of a provider, by the keys of metric_subject and uptime_window. */
export const lastUptime = (providerId: string) => `
  select w.lower from metric_subject z join uptime_window w on w.subject_key = z.subject_key
  where z.kind = 'provider' and z.id = ${providerId} and w.days = 30
`;

/**
 * Finds what machines claim to have that is a model of the catalogue: among a few hundred different texts, by index
 * node_gpu_model. As with any id, one that nobody knows finds nothing.
 */
export async function loadClaims(database: Pick<Database, 'query'>): Promise<(model: unknown) => readonly string[]> {
  const rows = await database.query<{ readonly claim: string }>(
    'select distinct gpu_model as claim from node where gpu_model is not null',
  );
  return (model) =>
    rows.map(({ claim }) => claim).filter((claim) => matchGpu(claim).model?.id === String(model).toLowerCase());
}

export function listProvidersById(database: Database, ids: readonly string[]): Promise<ProviderRow[]> {
  return database.query(`select ${providers.columns} ${from} where p.id = any($1)`, [ids]);
}

/** Apart from the rest, for it looks through jobs that nobody has ended: by index job_unended. */
export function listFailedOfProviders(database: Database, ids: readonly string[]): Promise<FailedRow[]> {
  return database.query(`select p.id, ${providerTotals.tasksFailed} as failed ${from} where p.id = any($1)`, [ids]);
}

export async function listLatestPrices(
  database: Database,
  providerIds: readonly string[],
): Promise<(PriceRow & { readonly id: string })[]> {
  const rows = await database.query<Omit<PriceRow, 'place' | 'gpuCount'> & JobPlace & { readonly id: string }>(
    `select k.id, latest.price as amount, latest.price_token as "tokenId", coalesce(latest.price_unit, 'task') as unit,
      latest.price_scale as scale, latest.chain_id as "chainId", latest.height as "createdHeight",
      latest.time as "createdAt"
    from unnest($1::text[]) as k (id) cross join lateral (${latestPriced('k.id')}) as latest`,
    [providerIds],
  );
  return rows.map((row) => ({ ...row, place: toPlaceOfJob(row), gpuCount: null }));
}

/** A provider's own nodes and those that worked for it, the busiest first. Verdicts count where they were given. */
export function listNodesOfProviders(database: Database, keys: readonly ParentKey[]): Promise<ChildRow<NodeRow>[]> {
  return database.query(
    perParent(`
      select work.id, node.native_id as "nativeId", node.active, node.region, node.gpu_model as "gpuModel",
        node.gpu_count as "gpuCount", node.vram_mb as "vramMb", node.uri, node.altered, work.attempts, verdicts.accepted,
        verdicts.rejected, greatest(work.last_time, verdicts.last_time) as "lastActiveAt"
      from (
        select id, sum(attempts)::int8 as attempts, max(last_time) as last_time
        from (
          select a.node_id as id, count(*) as attempts, max(a.time) as last_time from attempt a
          where a.provider_id = k.parent and a.node_id is not null
          group by a.node_id
          union all
          select own.id, 0, null from node own where own.provider_id = k.parent
        ) named
        group by id order by attempts desc, id limit k.first
      ) as work
      join node on node.id = work.id
      cross join lateral (
        select count(*) filter (where v.result = 'accepted') as accepted,
          count(*) filter (where v.result = 'rejected') as rejected, max(v.time) as last_time
        from verification v where v.node_id = work.id and v.provider_id = k.parent
      ) as verdicts
      order by work.attempts desc, work.id
    `),
    toParentParameters(keys),
  );
}
