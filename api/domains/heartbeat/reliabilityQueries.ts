import type { Database } from '../../database/createDatabase.js';
import { countBits } from './bits.js';
import type { Count, SlotCounts } from './slotCounts.js';
import { type Subject, subjects } from './subjects.js';
import type { WindowSpan } from './windows.js';

export interface ReliabilityRow extends SlotCounts {
  readonly nodes: number;
  /** Known slots of the node that has most of them. */
  readonly longestKnown: Count;
}

export interface WindowQuestion {
  readonly kind: Subject['kind'];
  readonly ids: readonly string[];
  readonly span: WindowSpan;
}

/**
 * The slots of subjects of one kind over a window; none for who never opened a session. `ordinal` says which id a row answers,
 * from 1. By the keys of node_day and node_verdict: about 50 rows for a node's 30 days.
 */
export function listReliability(
  database: Database,
  { kind, ids, span }: WindowQuestion,
): Promise<(ReliabilityRow & { readonly ordinal: number })[]> {
  return database.query(reliability[kind], [ids, span.fromDay, span.toDay, span.hours]);
}

const toReliability = (subject: string) => `
  with subject as (${subject})
  select s.ordinal, count(*) as nodes, coalesce(max(node.known), 0) as "longestKnown", coalesce(sum(node.up), 0) as up,
    coalesce(sum(node.known), 0) as known, coalesce(sum(node.expected), 0) as expected,
    coalesce(sum(node.maintenance), 0) as maintenance, coalesce(sum(node.maintenance_up), 0) as "maintenanceUp"
  from subject s
  cross join lateral (
    select sum(part.up) as up, sum(part.known) as known, sum(part.expected) as expected,
      sum(part.maintenance) as maintenance, sum(part.maintenance_up) as maintenance_up
    from (
      select d.up, d.known, d.expected, d.maintenance, d.maintenance_up
      from node_day d where d.node_key = s.node_key and d.day >= $2 and d.day < $3
      union all
      select ${countBits('v.up')}, ${countBits('v.known')}, ${countBits('v.expected')},
        ${countBits('coalesce(v.maintenance, 0) & v.known')}, ${countBits('coalesce(v.maintenance, 0) & v.up')}
      from node_verdict v where v.node_key = s.node_key and v.hour = any($4::int[])
    ) as part
  ) as node
  group by s.ordinal
`;

const reliability: Readonly<Record<Subject['kind'], string>> = {
  node: toReliability(subjects.node),
  provider: toReliability(subjects.provider),
};
