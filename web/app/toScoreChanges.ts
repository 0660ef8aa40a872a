/** One thing that moved a score, as the API tells it. */
export interface ScoreCause {
  readonly component: string;
  readonly kind: string;
  readonly what: string | null;
  /** A decimal of six places, with its sign. */
  readonly points: string;
  readonly jobId: string | null;
}

/** What happened so many times, and what it came to. */
export interface ScoreChange {
  readonly component: string;
  readonly kind: string;
  readonly what: string | null;
  readonly count: number;
  readonly points: string;
  /** Of those that weigh most. */
  readonly jobIds: readonly string[];
}

export interface ScoreChanges {
  /** The heaviest first. */
  readonly changes: readonly ScoreChange[];
  /** What the points of all others come to; null where there are none. With them the changes add up to the whole. */
  readonly rest: string | null;
}

const MAX_JOBS = 3;
/** A hundredth of a point. */
const LEAST = 10_000n;

/** Causes of one kind as one line, to the last digit; `points` is what all of them come to, of which `causes` may be a part. */
export function toScoreChanges(causes: readonly ScoreCause[], points: string, most: number): ScoreChanges {
  const groups = new Map<
    string,
    { readonly like: ScoreCause; micro: bigint; count: number; readonly jobs: Set<string> }
  >();
  for (const cause of causes) {
    const key = `${cause.component} ${cause.kind} ${cause.what}`;
    const group = groups.get(key) ?? { like: cause, micro: 0n, count: 0, jobs: new Set<string>() };
    groups.set(key, group);
    group.micro += toMicro(cause.points);
    group.count += 1;
    if (cause.jobId && group.jobs.size < MAX_JOBS) group.jobs.add(cause.jobId);
  }
  const ordered = [...groups.values()].sort((one, other) => compare(toSize(other.micro), toSize(one.micro)));
  // What would read as nothing is told of with the rest.
  const shown = ordered.slice(0, most).filter(({ micro }) => toSize(micro) >= LEAST);
  const rest = toMicro(points) - shown.reduce((sum, { micro }) => sum + micro, 0n);
  const hasRest = ordered.length > shown.length || rest !== 0n;
  return {
    changes: shown.map(({ like: { component, kind, what }, micro, count, jobs }) => ({
      ...{ component, kind, what, count, points: toDecimal(micro), jobIds: [...jobs] },
    })),
    rest: hasRest ? toDecimal(rest) : null,
  };
}

function toSize(micro: bigint): bigint {
  return micro < 0n ? -micro : micro;
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

const DIGITS = 6;

function toMicro(points: string): bigint {
  const [whole = '0', fraction = ''] = points.split('.');
  const micro = BigInt(`${whole.replace('-', '')}${fraction.padEnd(DIGITS, '0').slice(0, DIGITS)}`);
  return points.startsWith('-') ? -micro : micro;
}

function toDecimal(micro: bigint): string {
  const digits = String(toSize(micro)).padStart(DIGITS + 1, '0');
  return `${micro < 0n ? '-' : ''}${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS)}`;
}
