import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';
import type { Database } from '../../database/createDatabase.js';

/** The last day of a network that is over. */
export interface LastDay {
  readonly from: Date | null;
  readonly to: Date | null;
}

export interface MechanismRow extends LastDay {
  readonly metric: string;
  readonly days: number;
  readonly value: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly samples: number;
  /** The same of the last day alone; n is null where it has no figure. */
  readonly lastValue: string | null;
  readonly lastNumerator: string | null;
  readonly lastDenominator: string | null;
  readonly lastSamples: number | null;
  readonly lastDetail: Readonly<Record<string, unknown>> | null;
}

/** Sums of the last whole days of a network, and the last of them alone, for each metric; by the key of metric_day. */
export function listMechanisms(
  database: Database,
  {
    networkId,
    metrics,
    days,
  }: {
    readonly networkId: string;
    readonly metrics: readonly MetricDefinition[];
    readonly days: number;
  },
): Promise<MechanismRow[]> {
  return database.query(
    `select m.id as metric, to_timestamp(o.last::int8 * 86400) as "from", to_timestamp((o.last + 1)::int8 * 86400) as "to",
       count(d.day)::int as days, ${toValue('')} as value, trim_scale(sum(d.num))::text as numerator, trim_scale(sum(d.den))::text as denominator,
       coalesce(sum(d.n), 0)::int8 as samples, ${toValue(' filter (where d.day = o.last)')} as "lastValue",
       trim_scale(max(d.num) filter (where d.day = o.last))::text as "lastNumerator",
       trim_scale(max(d.den) filter (where d.day = o.last))::text as "lastDenominator",
       max(d.n) filter (where d.day = o.last) as "lastSamples", (array_agg(d.detail) filter (where d.day = o.last))[1] as "lastDetail"
     from unnest($2::text[], $4::bool[]) as m (id, is_ratio)
     left join metric_progress g on g.network_id = $1
     cross join lateral (select floor(extract(epoch from g.rolled_time) / 86400)::int - 1 as last) as o
     left join metric_subject s on s.kind = 'network' and s.id = $1
     left join metric k on k.id = m.id
     left join metric_day d on d.subject_key = s.subject_key and d.metric_key = k.metric_key and d.day between o.last - $3::int + 1 and o.last
     group by m.id, m.is_ratio, o.last`,
    [networkId, metrics.map(({ id }) => id), days, metrics.map(({ value }) => value === 'ratio')],
  );
}

function toValue(filter: string): string {
  const [num, den] = [`sum(d.num)${filter}`, `sum(d.den)${filter}`];
  return `trim_scale(case when m.is_ratio then round(${num} / nullif(${den}, 0), 12) else ${num} end)::text`;
}
