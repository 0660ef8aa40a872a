/**
 * What an amount of tokens was worth in USD when it moved: by the last valid answer that the chain's own price feed had
 * given by then. Never by a later one, and never by one that is too old: then it is not known.
 */

/** An answer of a Chainlink-compatible aggregator, as `AnswerUpdated` tells it. */
export interface Round {
  readonly roundId: bigint;
  /** USD per token, times 10 to the power of the feed's decimals. Not above zero: no answer. */
  readonly answer: bigint;
  /** Unix seconds. */
  readonly updatedAt: number;
}

export interface FeedTerms {
  readonly decimals: number;
  /** Seconds after which an answer says nothing any more: the feed's heartbeat and an hour. */
  readonly maxAge: number;
}

export interface Feed extends FeedTerms {
  /** In ascending order of `updatedAt`, of all phases. */
  readonly rounds: readonly Round[];
}

export interface TokenAmount {
  readonly baseUnits: bigint;
  readonly decimals: number;
  /** Of how many the amount is for, where USD for one is asked. */
  readonly divisor?: bigint;
}

/** What a feed had said by a moment: its last answer above zero, and whether it had said anything at all. */
export interface AsOf {
  readonly round: Round | undefined;
  readonly answered: boolean;
}

export type UsdValue =
  | { readonly status: 'ok'; readonly usd: string; readonly round: Round; readonly age: number }
  | { readonly status: 'stale'; readonly usd: null; readonly round: Round; readonly age: number }
  | { readonly status: 'invalid' | 'noPrice'; readonly usd: null };

/** `at` in Unix seconds. USD as an exact decimal: nothing is rounded. */
export function toUsd(amount: TokenAmount, feed: Feed, at: number): UsdValue {
  const given = countUntil(feed.rounds, at);
  return toUsdAsOf(amount, { ...feed, at }, { round: findValid(feed.rounds, given), answered: given > 0 });
}

/** The same where what the feed had said by then is known. */
export function toUsdAsOf(amount: TokenAmount, terms: FeedTerms & { readonly at: number }, asOf: AsOf): UsdValue {
  const { round } = asOf;
  if (!round) return { status: asOf.answered ? 'invalid' : 'noPrice', usd: null };
  const age = terms.at - round.updatedAt;
  if (age > terms.maxAge) return { status: 'stale', usd: null, round, age };
  return { status: 'ok', usd: toProduct(amount, { value: round.answer, decimals: terms.decimals }), round, age };
}

/** An amount at a rate of USD for one token, as a decimal: exact, or of as many digits as `toQuotient` keeps. */
export function toProduct(
  { baseUnits, decimals, divisor = 1n }: TokenAmount,
  rate: { readonly value: bigint; readonly decimals: number },
): string {
  return toQuotient(baseUnits * rate.value, { decimals: decimals + rate.decimals, divisor });
}

/** How many rounds lie at or before a moment. */
function countUntil(rounds: readonly Round[], at: number): number {
  let [low, high] = [0, rounds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rounds[middle]?.updatedAt ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last one above zero among the first so many. */
function findValid(rounds: readonly Round[], count: number): Round | undefined {
  for (let index = count - 1; index >= 0; index--) {
    const round = rounds[index];
    if (round && round.answer > 0n) return round;
  }
  return undefined;
}

/** A whole number over a power of ten, without zeros at the end. */
export function toDecimal(value: bigint, decimals: number): string {
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The same over a divisor: a quotient that does not end is rounded half to even, at 18 decimals or the value's own. */
function toQuotient(
  value: bigint,
  { decimals, divisor }: { readonly decimals: number; readonly divisor: bigint },
): string {
  if (divisor === 1n) return toDecimal(value, decimals);
  const kept = Math.max(decimals, MIN_QUOTIENT_DECIMALS);
  const scaled = value * 10n ** BigInt(kept - decimals);
  const [whole, rest] = [scaled / divisor, scaled % divisor];
  const doubled = 2n * (rest < 0n ? -rest : rest);
  const isUp = doubled > divisor || (doubled === divisor && whole % 2n !== 0n);
  return toDecimal(isUp ? whole + (value < 0n ? -1n : 1n) : whole, kept);
}

const MIN_QUOTIENT_DECIMALS = 18;

/** A decimal such as `0.42` as a whole number over a power of ten. Throws where it is none. */
export function parseDecimal(text: string): { readonly value: bigint; readonly decimals: number } {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`Assertion failed: ${JSON.stringify(text)} is a decimal`);
  return { value: BigInt(whole + fraction), decimals: fraction.length };
}

/** A proxy's round id names the aggregator it stands for at the time, and that one's own round. */
export function splitRoundId(roundId: bigint): { readonly phase: number; readonly round: bigint } {
  return { phase: Number(roundId >> PHASE_BITS), round: roundId & (2n ** PHASE_BITS - 1n) };
}

/** Within a phase the next id need not be the next number. */
export function joinRoundId(phase: number, round: bigint): bigint {
  return (BigInt(phase) << PHASE_BITS) | round;
}

const PHASE_BITS = 64n;
