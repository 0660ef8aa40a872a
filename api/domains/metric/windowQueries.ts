import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Database } from '../../database/createDatabase.js';
import type { MetricWindow } from './MetricWindow.js';

/** The windows of a subject of one of the kinds, of the first that has any; by the key of table uptime_window. */
export function listWindows(
  database: Database,
  { kinds, id }: { readonly kinds: readonly SubjectKind[]; readonly id: string },
): Promise<MetricWindow[]> {
  return database.query(windows, [kinds, id]);
}

const windows = `
  select w.days, to_timestamp(e.to_hour::int8 * 3600) as "to", w.nodes, w.up, w.known, w.expected,
    w.known::float8 / nullif(w.expected, 0) as coverage, w.up::float8 / nullif(w.known, 0) as uptime,
    (w.up - w.maintenance_up)::float8 / nullif(w.known - w.maintenance, 0) as "uptimeWithoutMaintenance",
    w.lower, w.upper, w.effective_n as "effectiveN", w.failures, w.repairs,
    w.up * 60.0::float8 / nullif(w.failures, 0) as "mtbfSeconds",
    w.repaired_down * 60.0::float8 / nullif(w.repairs, 0) as "mttrSeconds", w.longest_down * 60 as "longestOutageSeconds"
  from uptime_window w
  join metric_subject n on n.subject_key = w.subject_key
  join window_end e on e.network_id = n.network_id
  where w.subject_key = (
    select s.subject_key from metric_subject s
    where s.kind = any($1) and s.id = $2 and exists (select from uptime_window o where o.subject_key = s.subject_key)
    order by array_position($1, s.kind) limit 1
  )
  order by w.days
`;
