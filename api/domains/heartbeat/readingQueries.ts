import type { Database } from '../../database/createDatabase.js';
import { countBits } from './bits.js';
import type { WindowQuestion } from './reliabilityQueries.js';
import type { Count } from './slotCounts.js';
import { subjects } from './subjects.js';

/** What nodes say of themselves, and how late; apart from uptime, which must be quick to tell. */
export interface ReadingRow {
  readonly late: Count;
  readonly rttCount: Count;
  readonly rttSumUs: Count;
  readonly rttMaxUs: number;
  readonly utilCount: Count;
  readonly utilSumPermille: Count;
}

/** Sums over the same hours as `listReliability`, by the keys of node_day and node_hour. */
export function listReadings(
  database: Database,
  { kind, ids, span }: WindowQuestion,
): Promise<(ReadingRow & { readonly ordinal: number })[]> {
  return database.query(
    `with subject as (${subjects[kind]})
    select s.ordinal, sum(part.late) as late, sum(part.rtt_count) as "rttCount", sum(part.rtt_sum_us) as "rttSumUs",
      max(part.rtt_max_us) as "rttMaxUs", sum(part.util_count) as "utilCount",
      sum(part.util_sum_permille) as "utilSumPermille"
    from subject s
    cross join lateral (
      select d.late, d.rtt_count, d.rtt_sum_us, d.rtt_max_us, d.util_count, d.util_sum_permille
      from node_day d where d.node_key = s.node_key and d.day >= $2 and d.day < $3
      union all
      select ${countBits('h.late')}, h.rtt_count, h.rtt_sum_us, h.rtt_max_us, h.util_count, h.util_sum_permille
      from node_hour h where h.node_key = s.node_key and h.hour = any($4::int[])
    ) as part
    group by s.ordinal`,
    [ids, span.fromDay, span.toDay, span.hours],
  );
}
