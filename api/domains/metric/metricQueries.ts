import type { ScoreStore, SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Database } from '../../database/createDatabase.js';

export interface PointRow {
  readonly from: Date;
  readonly to: Date;
  readonly value: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly samples: number;
  readonly inProgress: boolean;
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
}

export interface PointQuestion {
  readonly metric: string;
  readonly isRatio: boolean;
  readonly subjectKey: number;
  readonly grain: 'hour' | 'day';
  /** Bounds of where buckets begin; `to` is not within them. */
  readonly from: Date | null;
  readonly to: Date | null;
  readonly last: number;
}

/** The last so many buckets of a metric and subject, oldest first; by the key of metric_hour or metric_day. */
export async function listPoints(database: Database, question: PointQuestion): Promise<PointRow[]> {
  const { sql, parameters } = toPointsSql(question);
  return [...(await database.query<PointRow>(sql, parameters, { isKeyed: true }))].reverse();
}

/** The same as a statement, newest first. */
export function toPointsSql({ metric, isRatio, subjectKey, grain, from, to, last }: PointQuestion): PointsSql {
  const seconds = grain === 'hour' ? SECONDS_PER_HOUR : SECONDS_PER_DAY;
  const toBucket = (time: Date | null) => (time ? toInteger(time.getTime() / 1_000 / seconds) : null);
  return {
    sql: points(grain),
    parameters: [metric, subjectKey, toBucket(from), toBucket(to), last, seconds, isRatio],
  };
}

interface PointsSql {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Times are dates of any age; buckets are int4. */
function toInteger(bucket: number): number {
  return Math.max(-MAX_BUCKET, Math.min(MAX_BUCKET, Math.ceil(bucket)));
}

const MAX_BUCKET = 2 ** 31 - 1;
const SECONDS_PER_HOUR = 3_600;
const SECONDS_PER_DAY = 86_400;

const points = (grain: 'hour' | 'day') => `
  select to_timestamp(p.${grain}::int8 * $6) as "from", to_timestamp((p.${grain} + 1)::int8 * $6) as "to",
    trim_scale(case when $7 then round(p.num / nullif(p.den, 0), 12) else p.num end)::text as value,
    trim_scale(p.num)::text as numerator, trim_scale(p.den)::text as denominator, p.n as samples,
    coalesce(to_timestamp((p.${grain} + 1)::int8 * $6) > g.rolled_time, true) as "inProgress",
    p.detail ->> 'reason' as reason, p.detail
  from metric_${grain} p
  join metric m on m.metric_key = p.metric_key and m.id = $1
  join metric_subject s on s.subject_key = p.subject_key
  left join metric_progress g on g.network_id = s.network_id
  where p.subject_key = $2 and p.${grain} >= coalesce($3::int, -2147483648) and p.${grain} < coalesce($4::int, 2147483647)
  order by p.${grain} desc limit $5
`;

/**
 * The same of what is part of a score. The figure of a day is that of the midnight with which it ends; the last one, of an hour
 * within a day, is that of the day so far.
 */
export async function listScorePoints(database: Database, question: ScorePointQuestion): Promise<PointRow[]> {
  const { sql, parameters } = toScorePointsSql(question);
  return [...(await database.query<PointRow>(sql, parameters))].reverse();
}

export interface ScorePointQuestion extends Omit<PointQuestion, 'metric' | 'isRatio' | 'grain'> {
  readonly store: ScoreStore;
}

/** The same as a statement, newest first. */
export function toScorePointsSql({ store, subjectKey, from, to, last }: ScorePointQuestion): PointsSql {
  const toDay = (time: Date | null) => (time ? Math.ceil(time.getTime() / 1_000 / SECONDS_PER_DAY) : null);
  const path = typeof store.at === 'string' ? [] : store.at;
  const column = typeof store.at === 'string' ? `c.${store.at}` : '(c.detail #>> $5::text[])::numeric';
  return { sql: scorePoints(column), parameters: [subjectKey, toDay(from), toDay(to), last, path] };
}

const scorePoints = (column: string) => `
  select to_timestamp(p.day * 86400) as "from", to_timestamp((p.day + 1) * 86400) as "to", trim_scale(p.value)::text as value,
    trim_scale(p.value)::text as numerator, null as denominator, p.samples, p.open as "inProgress",
    case when p.value is null then 'nothing is recorded that it could be made of' end as reason, null as detail
  from (
    select (c.hour - 1)::int8 / 24 as day, c.hour % 24 <> 0 as open, ${column} as value,
      floor(c.evidence_weight)::int8 as samples, cardinality($5::text[]) as depth
    from score c where c.subject_key = $1
      and ($2::int is null or c.hour > $2::int * 24) and ($3::int is null or c.hour <= $3::int * 24)
    order by c.hour desc limit $4
  ) p
  order by p.day desc
`;

export interface SubjectRow {
  readonly subjectKey: number;
  readonly kind: SubjectKind;
  readonly id: string;
  readonly networkId: string;
  readonly asOfBlock: number | null;
  readonly asOfTime: Date | null;
}

/** A subject of one of the kinds, of the first that has it. */
export async function findSubject(
  database: Database,
  { kinds, id }: { readonly kinds: readonly SubjectKind[]; readonly id: string },
): Promise<SubjectRow | undefined> {
  const [row] = await database.query<SubjectRow>(
    `select s.subject_key as "subjectKey", s.kind, s.id, s.network_id as "networkId", g.rolled_height as "asOfBlock", g.rolled_time as "asOfTime"
     from metric_subject s left join metric_progress g on g.network_id = s.network_id
     where s.kind = any($1) and s.id = $2
     order by array_position($1, s.kind) limit 1`,
    [kinds, id],
    { isKeyed: true },
  );
  return row;
}
