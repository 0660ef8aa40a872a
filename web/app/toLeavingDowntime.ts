/** A day of heartbeats, as the API counts its minutes. */
export interface CountedDay {
  readonly date: string;
  readonly up: string;
  readonly known: string;
  readonly maintenance: string;
  readonly maintenanceUp: string;
}

/** Downtime of a day that a score counts still. */
export interface LeavingDowntime {
  readonly date: string;
  readonly minutes: number;
  /** The first day on which it does not count any more. */
  readonly leaves: string;
}

const DAY_MS = 86_400_000;
/** A score looks at so many whole days before its own. */
const WINDOW_DAYS = 30;

/** Days with minutes down without announced maintenance that the availability of a score as of `at` counts, the next to leave first. */
export function toLeavingDowntime(days: readonly CountedDay[], at: string): readonly LeavingDowntime[] {
  const first = Math.floor(Date.parse(at) / DAY_MS) - WINDOW_DAYS;
  return days.flatMap(({ date, up, known, maintenance, maintenanceUp }) => {
    const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS;
    const minutes = Number(known) - Number(maintenance) - (Number(up) - Number(maintenanceUp));
    if (day < first || day * DAY_MS >= Date.parse(at) || minutes <= 0) return [];
    return [{ date, minutes, leaves: new Date((day + WINDOW_DAYS + 1) * DAY_MS).toISOString().slice(0, 10) }];
  });
}
