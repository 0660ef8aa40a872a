import type { Database } from '../../database/createDatabase.js';
import { countBits } from './bits.js';
import type { Count, SlotCounts } from './slotCounts.js';
import { type Subject, subjects } from './subjects.js';
import type { WindowSpan } from './windows.js';

export interface ReliabilityRow extends SlotCounts {
  readonly ordinal: number;
  readonly nodes: number;
  /** Known slots of the node that has most of them. */
  readonly longestKnown: Count;
  readonly late: Count;
  readonly rttCount: Count;
  readonly utilCount: Count;
  readonly rttSumUs: Count;
  readonly rttMaxUs: number;
  readonly utilSumPermille: Count;
}

/**
 * What subjects of one kind come to over a window; none for who never opened a session. `ordinal` says which id a row answers,
 * from 1. By the keys of node_day, node_verdict and node_hour: about 150 rows for a node's 30 days.
 */
export function listReliability(
  database: Database,
  { kind, ids, span }: { readonly kind: Subject['kind']; readonly ids: readonly string[]; readonly span: WindowSpan },
): Promise<ReliabilityRow[]> {
  return database.query(reliability[kind], [ids, span.fromDay, span.toDay, span.hours]);
}

const columns = [
  ...['up', 'known', 'expected', 'maintenance', 'maintenance_up', 'late'],
  ...['rtt_count', 'util_count', 'rtt_sum_us', 'util_sum_permille'],
];
const sums = [
  ...columns.map((column) => `coalesce(sum(part.${column}), 0) as ${column}`),
  'coalesce(max(part.rtt_max_us), 0) as rtt_max_us',
].join(', ');

const toReliability = (subject: string) => `
  with subject as (${subject})
  select s.ordinal, count(*) as nodes, coalesce(max(node.known), 0) as "longestKnown", sum(node.up) as up,
    sum(node.known) as known, sum(node.expected) as expected, sum(node.maintenance) as maintenance,
    sum(node.maintenance_up) as "maintenanceUp", sum(node.late) as late, sum(node.rtt_count) as "rttCount",
    sum(node.util_count) as "utilCount", sum(node.rtt_sum_us) as "rttSumUs", max(node.rtt_max_us) as "rttMaxUs",
    sum(node.util_sum_permille) as "utilSumPermille"
  from subject s
  cross join lateral (
    select ${sums}
    from (
      select d.up, d.known, d.expected, d.maintenance, d.maintenance_up, d.late, d.rtt_count, d.util_count, d.rtt_sum_us,
        d.rtt_max_us, d.util_sum_permille
      from node_day d where d.node_key = s.node_key and d.day >= $2 and d.day < $3
      union all
      select ${countBits('v.up')}, ${countBits('v.known')}, ${countBits('v.expected')},
        ${countBits('coalesce(v.maintenance, 0) & v.known')}, ${countBits('coalesce(v.maintenance, 0) & v.up')},
        0, 0, 0, 0, 0, 0
      from node_verdict v where v.node_key = s.node_key and v.hour = any($4::int[])
      union all
      select 0, 0, 0, 0, 0, ${countBits('h.late')}, h.rtt_count, h.util_count, h.rtt_sum_us, h.rtt_max_us,
        h.util_sum_permille
      from node_hour h where h.node_key = s.node_key and h.hour = any($4::int[])
    ) as part
  ) as node
  group by s.ordinal
`;

const reliability: Readonly<Record<Subject['kind'], string>> = {
  node: toReliability(subjects.node),
  provider: toReliability(subjects.provider),
};
