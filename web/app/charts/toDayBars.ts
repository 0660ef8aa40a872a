/** What a strip of days draws: each day's minutes as shares of its bar, from the bottom up. */
export interface DayBar {
  readonly date: string;
  /** From 0, the oldest place. */
  readonly place: number;
  readonly up: number;
  readonly down: number;
  readonly unknown: number;
}

export interface BarDay {
  readonly date: string;
  readonly up: string;
  readonly known: string;
  readonly expected: string;
}

/** A minute must be seen: whatever there is of a kind takes as much of the bar as makes two pixels. */
const LEAST = 0.05;

/** The last `length` days up to the last one given; none for a day in which nothing was due, nor before the first. */
export function toDayBars(days: readonly BarDay[], length: number): readonly DayBar[] {
  const shown = days.slice(-length);
  return shown.flatMap((day, index) => toBar(day, length - shown.length + index) ?? []);
}

function toBar({ date, up, known, expected }: BarDay, place: number): DayBar | undefined {
  const due = Number(expected);
  if (due === 0) return undefined;
  const down = toSeen((Number(known) - Number(up)) / due);
  const unknown = Math.min(toSeen((due - Number(known)) / due), 1 - down);
  return { date, place, up: 1 - down - unknown, down, unknown };
}

function toSeen(share: number): number {
  return share > 0 ? Math.max(LEAST, share) : 0;
}
