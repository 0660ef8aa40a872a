import { type OutcomeKind, outcomeKinds, outcomeValues } from '../../../schema/metrics/formulas/jobs/Outcome.js';
import type { Database } from '../../database/createDatabase.js';
import { records } from '../../database/records.js';

export interface Decided {
  readonly successes: number;
  readonly decided: number;
}

/** What is known of a provider as of the block up to which its network's figures are rolled. */
export interface ProviderHistory {
  readonly id: string;
  /** How many successes came before its first failure, and after each; empty without any outcome. */
  readonly runs: readonly number[];
  readonly ofDay: Decided;
  readonly ofTenDays: Decided;
  /** From being given a task to delivering it, the mean of the last day; null: it delivered none. */
  readonly secondsOfDay: number | null;
  /** Minutes of its machines, of all days that are known. */
  readonly up: number;
  readonly known: number;
  /** Of the last thirty days; null: none of its machines beats. */
  readonly window: { readonly nodes: number; readonly up: number; readonly known: number } | null;
  /** Base units. */
  readonly stake: number;
}

/** What formulas need to know of a network that measure a provider by the others. */
export interface Crowd {
  readonly id: string;
  /** The median of all deliveries of the last day; null: there were none. */
  readonly medianSecondsOfDay: number | null;
  /** Of the last three days. */
  readonly operators: readonly (Decided & { readonly provider: string })[];
  /** Of providers that take work, in base units; null: the network records no stake. */
  readonly stakes: readonly { readonly provider: string; readonly stake: number }[] | null;
}

/** By indexes task_outcome_provider, metric_day's and uptime_window's keys. Networks that are not rolled yet have no history. */
export function listHistories(database: Database, ids: readonly string[]): Promise<ProviderHistory[]> {
  return database.query(histories, [ids, goodKinds, decidedKinds]);
}

/** By index task_outcome_network, of three days. */
export function listCrowds(database: Database, ids: readonly string[]): Promise<Crowd[]> {
  return database.query(crowds, [ids, goodKinds, decidedKinds]);
}

const goodKinds = listKinds((value) => value === 1);
const decidedKinds = listKinds((value) => value === 1 || value === 0);

function listKinds(counts: (value: (typeof outcomeValues)[OutcomeKind]) => boolean): readonly OutcomeKind[] {
  return outcomeKinds.filter((kind) => counts(outcomeValues[kind]));
}

const histories = `
  select p.id, coalesce(o.runs, '{}') as runs, p.stake::float8 as stake,
    json_build_object('successes', coalesce(o.good_day, 0), 'decided', coalesce(o.all_day, 0)) as "ofDay",
    json_build_object('successes', coalesce(o.good_ten, 0), 'decided', coalesce(o.all_ten, 0)) as "ofTenDays",
    o.seconds_day as "secondsOfDay", coalesce(u.up, 0)::float8 as up, coalesce(u.known, 0)::float8 as known,
    case when w.nodes > 0 then json_build_object('nodes', w.nodes, 'up', w.up, 'known', w.known) end as window
  from provider p
  join metric_progress g on g.network_id = p.network_id and g.rolled_time is not null
  left join metric_subject s on s.kind = 'provider' and s.id = p.id
  left join uptime_window w on w.subject_key = s.subject_key and w.days = 30
  left join lateral (
    select sum(d.num) as up, sum(d.den) as known from metric_day d
    where d.subject_key = s.subject_key
      and d.metric_key = (select metric_key from metric where id = 'reliability.uptime')
  ) as u on true
  left join lateral (
    select case when min(run) > 0 then array[0] else array[]::int[] end || array_agg(good order by run)::int[] as runs, sum(good_day)::int as good_day, sum(all_day)::int as all_day,
      sum(good_ten)::int as good_ten, sum(all_ten)::int as all_ten,
      (sum(seconds_day) / nullif(sum(timed_day), 0))::float8 as seconds_day
    from (
      select run, count(*) filter (where is_good) as good,
        count(*) filter (where is_good and in_day) as good_day, count(*) filter (where in_day) as all_day,
        count(*) filter (where is_good and in_ten) as good_ten, count(*) filter (where in_ten) as all_ten,
        sum(seconds) filter (where is_good and in_day) as seconds_day,
        count(seconds) filter (where is_good and in_day) as timed_day
      from (
        select e.kind = any($2) as is_good, e.known_from > g.rolled_time - interval '1 day' as in_day,
          e.known_from > g.rolled_time - interval '10 days' as in_ten,
          extract(epoch from e.known_from - e.assigned_time) as seconds,
          count(*) filter (where e.kind <> all($2)) over (order by e.known_from, e.height, e.log_index, e.task_id, e.part) as run
        from task_outcome e
        where e.provider_id = p.id and e.kind = any($3) and e.known_to is null and e.known_from <= g.rolled_time
      ) as outcome
      group by run
    ) as run
  ) as o on true
  where p.id = any($1)
`;

const crowds = `
  select n.id, day.median as "medianSecondsOfDay", coalesce(three.operators, '[]') as operators,
    case when ${records('stake')} then coalesce(pool.stakes, '[]') end as stakes
  from network n
  join metric_progress g on g.network_id = n.id and g.rolled_time is not null
  left join lateral (
    select percentile_cont(0.5) within group (order by extract(epoch from e.known_from - e.assigned_time))::float8 as median
    from task_outcome e
    where e.network_id = n.id and e.known_from > g.rolled_time - interval '1 day' and e.known_from <= g.rolled_time
      and e.known_to is null and e.kind = any($2) and e.assigned_time is not null
  ) as day on true
  left join lateral (
    select json_agg(json_build_object('provider', provider_id, 'successes', good, 'decided', decided)) as operators
    from (
      select e.provider_id, count(*) filter (where e.kind = any($2)) as good, count(*) as decided
      from task_outcome e
      where e.network_id = n.id and e.known_from > g.rolled_time - interval '3 days' and e.known_from <= g.rolled_time
        and e.known_to is null and e.kind = any($3) and e.provider_id is not null
      group by e.provider_id order by e.provider_id
    ) as each
  ) as three on true
  left join lateral (
    select json_agg(json_build_object('provider', p.id, 'stake', p.stake::float8) order by p.id) as stakes
    from provider p where p.network_id = n.id and p.active is not false
  ) as pool on ${records('stake')}
  where n.id = any($1)
`;
