/** A bucket of a series of amounts. */
export interface EarnedPoint {
  readonly from: string;
  readonly value: string | null;
  readonly samples: string;
  readonly inProgress: boolean;
}

export interface EarnedPayout {
  readonly at: string;
  readonly transaction: string;
}

export interface Earned {
  /** The day, or the Monday that its week begins with. */
  readonly from: string;
  /** Base units of the work token. */
  readonly amount: string;
  /** A decimal; null where the worth of a part is not known. */
  readonly usd: string | null;
  readonly payouts: number;
  readonly inProgress: boolean;
  /** The newest of them, as far as they were read. */
  readonly transactions: readonly string[];
}

const MAX_TRANSACTIONS = 3;
const DAY_MS = 86_400_000;

/** Days with a payout, the newest first. */
export function toEarnedDays(
  amounts: readonly EarnedPoint[],
  usd: readonly EarnedPoint[],
  payouts: readonly EarnedPayout[],
): readonly Earned[] {
  const worth = new Map(usd.map(({ from, value, samples }) => [from, { value, samples }]));
  return amounts
    .filter(({ samples }) => samples !== '0')
    .map(({ from, value, samples, inProgress }) => {
      const known = worth.get(from);
      return {
        ...{ from: from.slice(0, 10), amount: value ?? '0', payouts: Number(samples), inProgress },
        usd: known?.samples === samples ? known.value : null,
        transactions: toTransactions(payouts, from),
      };
    })
    .toReversed();
}

function toTransactions(payouts: readonly EarnedPayout[], from: string): readonly string[] {
  const own = payouts.filter(({ at }) => at.slice(0, 10) === from.slice(0, 10));
  return [...new Set(own.map(({ transaction }) => transaction))].slice(0, MAX_TRANSACTIONS);
}

/** The same by week, from Monday on. */
export function toEarnedWeeks(days: readonly Earned[]): readonly Earned[] {
  const weeks = new Map<string, Earned>();
  for (const day of days) {
    const from = toMonday(day.from);
    const week = weeks.get(from);
    weeks.set(from, week ? add(week, day) : { ...day, from, transactions: [] });
  }
  return [...weeks.values()];
}

function add(week: Earned, day: Earned): Earned {
  return {
    ...week,
    amount: String(BigInt(week.amount) + BigInt(day.amount)),
    usd: week.usd === null || day.usd === null ? null : addDecimals(week.usd, day.usd),
    payouts: week.payouts + day.payouts,
    inProgress: week.inProgress || day.inProgress,
  };
}

function toMonday(date: string): string {
  const time = Date.parse(`${date}T00:00:00Z`);
  // 1970 began with a Thursday.
  const sinceMonday = (time / DAY_MS + 3) % 7;
  return new Date(time - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}

/** Of zero or more. */
function addDecimals(one: string, other: string): string {
  const digits = Math.max(...[one, other].map((text) => text.split('.')[1]?.length ?? 0));
  const [left, right] = [one, other].map((text) => {
    const [whole = '0', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(digits, '0'));
  });
  const sum = String((left ?? 0n) + (right ?? 0n)).padStart(digits + 1, '0');
  return digits === 0 ? sum : `${sum.slice(0, -digits)}.${sum.slice(-digits)}`;
}
