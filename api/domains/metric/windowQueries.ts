import { SLOT_SECONDS } from '../../../schema/heartbeat/slots.js';
import { outageStatistics } from '../../../schema/metrics/formulas/reliability/outageStatistics.js';
import type { SubjectKind } from '../../../schema/metrics/MetricDefinition.js';
import type { Database } from '../../database/createDatabase.js';
import type { MetricWindow } from './MetricWindow.js';

type Times = 'mtbfSeconds' | 'mtbfLowerSeconds' | 'mtbfUpperSeconds' | 'mttrSeconds' | 'mttrExposureSeconds';

/** Minutes of outages, of which times are made. */
interface Row extends Omit<MetricWindow, Times> {
  readonly outageDown: number;
  readonly repairedDown: number;
}

/** The windows of a subject of one of the kinds, of the first that has any; by the key of table uptime_window. */
export async function listWindows(
  database: Database,
  { kinds, id }: { readonly kinds: readonly SubjectKind[]; readonly id: string },
): Promise<MetricWindow[]> {
  return (await database.query<Row>(windows, [kinds, id])).map(toWindow);
}

/** Those of several providers at once, each with the id of whose it is. */
export async function listWindowsOfProviders(
  database: Database,
  ids: readonly string[],
): Promise<(MetricWindow & { readonly id: string })[]> {
  return (await database.query<Row & { readonly id: string }>(windowsOfProviders, [ids])).map(toWindow);
}

/** All of one provider. */
export interface WindowsOfProvider {
  readonly id: string;
  readonly windows: readonly MetricWindow[];
}

export async function groupWindowsOfProviders(
  database: Database,
  ids: readonly string[],
): Promise<WindowsOfProvider[]> {
  const windows = new Map<string, MetricWindow[]>();
  for (const window of await listWindowsOfProviders(database, ids)) {
    const own = windows.get(window.id);
    if (own) own.push(window);
    else windows.set(window.id, [window]);
  }
  return [...windows].map(([id, own]) => ({ id, windows: own }));
}

/** Adds to the row itself: to copy it takes longer than all else. */
function toWindow<Of extends Row>(row: Of): Of & MetricWindow {
  return Object.assign(row, toTimes(row));
}

/** Between failures and to repair, with bounds where there are any (`REL-09`). */
function toTimes({ up, failures, repairs, outageDown, repairedDown }: Row): Pick<MetricWindow, Times> {
  const { mtbf, mtbfLow, mtbfHigh, mtbfLower95, mttrCompleted, mttrExposure } = outageStatistics({
    ...{ up: up * SLOT_SECONDS, down: outageDown * SLOT_SECONDS, failures, repairs },
    repairedDown: repairedDown * SLOT_SECONDS,
  });
  return {
    mtbfSeconds: mtbf,
    mtbfLowerSeconds: mtbfLow ?? mtbfLower95,
    mtbfUpperSeconds: mtbfHigh,
    mttrSeconds: mttrCompleted,
    mttrExposureSeconds: mttrExposure,
  };
}

const columns = `
  w.days, to_timestamp(e.to_hour::int8 * 3600) as "to", w.nodes, w.up, w.known, w.expected,
    w.known::float8 / nullif(w.expected, 0) as coverage, w.up::float8 / nullif(w.known, 0) as uptime,
    (w.up - w.maintenance_up)::float8 / nullif(w.known - w.maintenance, 0) as "uptimeWithoutMaintenance",
    w.lower, w.upper, w.effective_n as "effectiveN", w.failures, w.repairs,
    w.outage_down as "outageDown", w.repaired_down as "repairedDown", w.longest_down * 60 as "longestOutageSeconds"
`;

const windows = `
  select ${columns}
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

const windowsOfProviders = `
  select n.id, ${columns}
  from metric_subject n
  join uptime_window w on w.subject_key = n.subject_key
  join window_end e on e.network_id = n.network_id
  where n.kind = 'provider' and n.id = any($1)
  order by n.id, w.days
`;
