import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Database } from '../../database/createDatabase.js';
import type { PointRow } from '../metric/metricQueries.js';
import type { Interval } from './Market.js';

export interface MarketSubject {
  readonly networkId: string;
  readonly capabilities: Readonly<Record<string, true | string>>;
  readonly id: string;
  /** Null: there is no figure of it. */
  readonly subjectKey: number | null;
  readonly asOfBlock: number | null;
  readonly asOfTime: Date | null;
}

export interface SubjectQuestion {
  readonly kind: SubjectKind;
  /** What follows the id of the network in that of the subject; null: of every subject of the kind. */
  readonly suffix: string | null;
  readonly networks: readonly string[] | null;
  readonly protocol: string | null;
}

/** The subject of each network that is asked for, by id of the network; networks that there are not are not among them. */
export function listMarketSubjects(
  database: Database,
  { kind, suffix, networks, protocol }: SubjectQuestion,
): Promise<MarketSubject[]> {
  // By the unique key of one, by the index of a network's for every one.
  const isIts = suffix === null ? 's.network_id = n.id' : 's.id = n.id || $2';
  return database.query(
    `select n.id as "networkId", n.capabilities, coalesce(s.id, n.id || coalesce($2::text, '')) as id, s.subject_key as "subjectKey",
       g.rolled_height as "asOfBlock", g.rolled_time as "asOfTime"
     from network n
     left join metric_subject s on s.kind = $1 and ${isIts}
     left join metric_progress g on g.network_id = n.id
     where ($3::text[] is null or n.id = any($3)) and ($4::text is null or n.protocol = $4)
     order by n.id, s.id`,
    [kind, suffix, networks, protocol],
  );
}

export interface MarketPointRow extends PointRow {
  readonly subjectKey: number;
  readonly metric: string;
  readonly coverage: string | null;
}

export interface MarketQuestion {
  readonly interval: Interval;
  readonly from: Date;
  readonly to: Date;
  readonly subjectKeys: readonly number[];
  /** Beside each metric, the one that says how much of it was observed; null: it is not by heartbeats. */
  readonly metrics: readonly { readonly id: string; readonly isRatio: boolean; readonly observedBy: string | null }[];
}

/** Every point of every series in one statement, by the key of metric_hour or metric_day; oldest first. */
export function listMarketPoints(
  database: Database,
  { interval, from, to, subjectKeys, metrics }: MarketQuestion,
): Promise<MarketPointRow[]> {
  return database.query(toStatement(interval), [
    subjectKeys,
    metrics.map(({ id }) => id),
    metrics.map(({ isRatio }) => isRatio),
    metrics.map(({ observedBy }) => observedBy),
    from,
    to,
  ]);
}

/** Where a bucket of hours or days begins and ends, in seconds of unix time. 1970-01-01 was a Thursday. */
const edges: Readonly<Record<Interval, readonly [begin: string, end: string]>> = {
  hour: ['p.hour::int8 * 3600', 'b.begin + 3600'],
  day: ['p.day::int8 * 86400', 'b.begin + 86400'],
  week: ['((p.day::int8 + 3) / 7 * 7 - 3) * 86400', 'b.begin + 604800'],
  month: [
    "extract(epoch from date_trunc('month', to_timestamp(p.day::int8 * 86400) at time zone 'utc'))::int8",
    "extract(epoch from (to_timestamp(b.begin) at time zone 'utc') + interval '1 month')::int8",
  ],
};

/**
 * By whole numbers an index finds buckets; by the decimals that Postgres makes of seconds it would not.
 *
 * Days of a week or a month are added up. So are numerators alone of those with a figure: `unpriced` says how many are missing.
 */
function toStatement(interval: Interval): string {
  const grain = interval === 'hour' ? 'hour' : 'day';
  const [begin, end] = edges[interval];
  const isWhole = interval === 'hour' || interval === 'day';
  const unit = grain === 'hour' ? 3_600 : 86_400;
  const of = (whole: string, added: string) => (isWhole ? whole : added);
  return `
    with asked as materialized (
      select m.metric_key, a.id, a.is_ratio, o.metric_key as observed_key
      from unnest($2::text[], $3::bool[], $4::text[]) as a (id, is_ratio, observed_by)
      join metric m on m.id = a.id
      left join metric o on o.id = a.observed_by
    ),
    figure as (
      select p.subject_key, a.id, a.is_ratio, b.begin, ${of('p.num', 'sum(p.num) as num')}, ${of('p.den', 'sum(p.den) as den')},
        ${of('p.n', 'sum(p.n)::int8 as n')}, ${of("p.detail ->> 'reason'", "min(p.detail ->> 'reason')")} as reason,
        ${of("(p.detail ->> 'unpriced')::int8", "sum((p.detail ->> 'unpriced')::int8)::int8")} as unpriced,
        ${of('p.detail', "jsonb_build_object('days', count(*))")} as detail,
        ${of('o.num', 'sum(o.num)')} as observed, ${of('o.den', 'sum(o.den)')} as expected
      from unnest($1::int4[]) as s (subject_key)
      cross join asked a
      join metric_${grain} p on p.subject_key = s.subject_key and p.metric_key = a.metric_key
        and p.${grain} >= floor(extract(epoch from $5::timestamptz) / ${unit})::int8 - ${isWhole ? 0 : 31}
        and p.${grain} < ceil(extract(epoch from $6::timestamptz) / ${unit})::int8 + ${isWhole ? 0 : 31}
      left join metric_${grain} o on o.subject_key = p.subject_key and o.metric_key = a.observed_key and o.${grain} = p.${grain}
      cross join lateral (select ${begin} as begin) as b
      where to_timestamp(b.begin) >= $5 and to_timestamp(b.begin) < $6
      ${isWhole ? '' : 'group by p.subject_key, a.id, a.is_ratio, b.begin'}
    )
    select b.subject_key as "subjectKey", b.id as metric, to_timestamp(b.begin) as "from", e.until as "to",
      trim_scale(case when b.is_ratio then round(b.num / nullif(b.den, 0), 12) else b.num end)::text as value,
      trim_scale(b.num)::text as numerator, trim_scale(b.den)::text as denominator, b.n as samples,
      coalesce(e.until > g.rolled_time, true) as "inProgress", b.reason, b.detail,
      trim_scale(round(case when b.unpriced is not null then 1 - b.unpriced::numeric / nullif(b.n, 0)
        else b.observed / nullif(b.expected, 0) end, 12))::text as coverage
    from figure b
    cross join lateral (select to_timestamp(${end}) as until) as e
    join metric_subject s on s.subject_key = b.subject_key
    left join metric_progress g on g.network_id = s.network_id
    order by b.subject_key, b.id, b.begin`;
}
