import type { Database } from '../database/createDatabase.js';
import type { Move } from './standing.js';

/** A job or a provider to which something has happened, on one chain. */
export interface Change {
  readonly kind: 'job' | 'provider';
  readonly id: string;
  readonly chainId: number;
  /** Of a job: who does the work or did before, and who ordered it. */
  readonly providers: readonly string[];
  readonly buyer: string | null;
  /** The last block that says something of it; null: none that stands. */
  readonly height: number | null;
  /** The last step back that touched it; null: none. */
  readonly retraction: number | null;
  /** The last deadline that has passed meanwhile, unix time in ms; null: none. A deadline that lies ahead again is a step back. */
  readonly dueMs: number | null;
}

/** What is known of the steps back of a chain. */
export interface StepsBack {
  readonly chainId: number;
  /** The lowest height that one led to, -1: before the first block; null: there were none. */
  readonly height: number | null;
  /** Whether every one of them is noted, and whether all that they touched is, too. */
  readonly noted: boolean;
  readonly complete: boolean;
}

/**
 * What has changed as chains moved, in one statement: by indexes of what blocks say (job_step_height, provider_delta_height, the
 * key of event), by what was noted of those that are gone, and by deadlines that the chains have passed (job_unended). One more
 * than `limit` says that there is more. Of a job the rest is looked up one by one: joined, all jobs would be read where many are guessed.
 */
export async function listChanges(
  database: Database,
  moves: readonly Move[],
  limit: number,
): Promise<{ readonly changes: readonly Change[]; readonly stepsBack: readonly StepsBack[] }> {
  const rows = await database.query<Change | (StepsBack & { readonly kind: 'chain' })>(changed, [
    moves.map(({ chainId }) => chainId),
    moves.map(({ from }) => from.height),
    moves.map(({ to }) => to.height),
    moves.map(({ from }) => from.retractions),
    moves.map(({ to }) => to.retractions),
    moves.map(({ from }) => new Date(from.timeMs)),
    moves.map(({ to }) => new Date(to.timeMs)),
    limit + 1,
  ]);
  const changes = rows.flatMap((row) => (row.kind === 'chain' ? [] : [row]));
  const stepsBack = rows.flatMap((row) => (row.kind === 'chain' ? [row] : []));
  return { changes, stepsBack };
}

const changed = `
  with asked as (
    select * from unnest($1::int8[], $2::int8[], $3::int8[], $4::int4[], $5::int4[], $6::timestamptz[], $7::timestamptz[])
      as a (chain_id, from_height, height, from_number, number, from_time, time)
  ), back as materialized (
    select a.chain_id, min(coalesce(r.height, -1)) filter (where r.number is not null) as height,
      count(r.number) = a.number - a.from_number as noted, coalesce(bool_and(r.complete), true) as complete
    from asked a left join retraction r on r.chain_id = a.chain_id and r.number > a.from_number and r.number <= a.number
    group by a.chain_id, a.number, a.from_number
  ), moved as materialized (
    select a.*, least(a.from_height, b.height) as above from asked a join back b using (chain_id)
  ), touched as (
    select 'job' as kind, s.job_id as id, m.chain_id, max(s.height) as height, null::int4 as retraction, null::timestamptz as due
    from moved m join job_step s on s.chain_id = m.chain_id and s.height > m.above and s.height <= m.height
    group by s.job_id, m.chain_id
    union all
    select n.kind, n.id, m.chain_id, max(e.height), null, null
    from moved m join event e on e.chain_id = m.chain_id and e.height > m.above and e.height <= m.height
    cross join lateral (values ('job', e.job_id), ('provider', e.provider_id)) as n (kind, id)
    where n.id is not null
    group by n.kind, n.id, m.chain_id
    union all
    select 'provider', d.provider_id, m.chain_id, max(d.height), null, null
    from moved m join provider_delta d on d.chain_id = m.chain_id and d.height > m.above and d.height <= m.height
    group by d.provider_id, m.chain_id
    union all
    select 'provider', v.provider_id, m.chain_id, max(v.height_from), null, null
    from moved m join provider_version v
      on v.chain_id = m.chain_id and v.height_from > m.above and v.height_from <= m.height
    group by v.provider_id, m.chain_id
    union all
    select r.kind, r.id, m.chain_id, null, max(r.number), null
    from moved m join retracted r on r.chain_id = m.chain_id and r.number > m.from_number and r.number <= m.number
    group by r.kind, r.id, m.chain_id
    union all
    select n.kind, n.id, m.chain_id, null, null, max(j.deadline) filter (where j.deadline <= m.time)
    from moved m
    join network w on w.chain_id = m.chain_id and w.final_deadline
    join job j on j.network_id = w.id and j.status in ('open', 'running') and j.volume > 0
      and j.deadline > least(m.from_time, m.time) and j.deadline <= greatest(m.from_time, m.time)
    cross join lateral (values ('job', j.id), ('provider', j.provider_id)) as n (kind, id)
    where n.id is not null
    group by n.kind, n.id, m.chain_id
  ), named as (
    select t.kind, t.id, t.chain_id, max(t.height) as height, max(t.retraction) as retraction, max(t.due) as due
    from touched t group by t.kind, t.id, t.chain_id order by t.kind, t.id limit $8
  )
  select 'chain' as kind, b.chain_id::text as id, b.chain_id as "chainId", null::text[] as providers, null as buyer, b.height,
    null::int4 as retraction, null::float8 as "dueMs", b.noted, b.complete
  from back b
  union all
  select n.kind, n.id, n.chain_id, array(
      select s.provider_id from job_step s where n.kind = 'job' and s.job_id = n.id and s.provider_id is not null
      union
      select r.provider_id from asked a join retracted r on r.chain_id = a.chain_id and r.number > a.from_number
        and r.number <= a.number
      where n.kind = 'job' and a.chain_id = n.chain_id and r.kind = n.kind and r.id = n.id and r.provider_id is not null
    ) as providers,
    coalesce((select j.buyer from job j where n.kind = 'job' and j.id = n.id), (
      select max(r.buyer) from asked a join retracted r on r.chain_id = a.chain_id and r.number > a.from_number
        and r.number <= a.number
      where n.kind = 'job' and a.chain_id = n.chain_id and r.kind = n.kind and r.id = n.id
    )), n.height, n.retraction, extract(epoch from n.due)::float8 * 1000, true, true
  from named n
`;
