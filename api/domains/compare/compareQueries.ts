import type { Database } from '../../database/createDatabase.js';

export interface MetricRow {
  readonly providerId: string;
  readonly metric: string;
  /** Sums over the days. */
  readonly num: string | null;
  readonly den: string | null;
  readonly n: string;
  /** Of the last day with one. */
  readonly last: string | null;
  readonly lastN: string;
  readonly reason: string | null;
  /** Where the last day begins. */
  readonly at: Date;
}

/** Figures of providers over days up to one, by the key of metric_day. */
export function listMetrics(
  database: Database,
  ids: readonly string[],
  { day, days }: { readonly day: number; readonly days: number },
): Promise<MetricRow[]> {
  return database.query(
    `select z.id as "providerId", k.id as metric, trim_scale(sum(m.num))::text as num, trim_scale(sum(m.den))::text as den,
       sum(m.n)::text as n, (array_agg(trim_scale(m.num)::text order by m.day desc))[1] as last,
       (array_agg(m.n::text order by m.day desc))[1] as "lastN",
       (array_agg(m.detail ->> 'reason' order by m.day desc))[1] as reason, to_timestamp(max(m.day)::int8 * 86400) as at
     from metric_subject z
     join metric_day m on m.subject_key = z.subject_key and m.day between $2::int - $3::int + 1 and $2
     join metric k on k.metric_key = m.metric_key
     where z.kind = 'provider' and z.id = any($1)
     group by z.id, k.id`,
    [ids, day, days],
  );
}
