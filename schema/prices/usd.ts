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

export interface Feed {
  readonly decimals: number;
  /** Seconds after which an answer says nothing any more: the feed's heartbeat and an hour. */
  readonly maxAge: number;
  /** In ascending order of `updatedAt`, of all phases. */
  readonly rounds: readonly Round[];
}

export interface TokenAmount {
  readonly baseUnits: bigint;
  readonly decimals: number;
}

export type UsdValue =
  | { readonly status: 'ok'; readonly usd: string; readonly round: Round; readonly age: number }
  | { readonly status: 'stale'; readonly usd: null; readonly round: Round; readonly age: number }
  | { readonly status: 'noPrice'; readonly usd: null };

/** `at` in Unix seconds. USD as an exact decimal: nothing is rounded. */
export function toUsd(amount: TokenAmount, feed: Feed, at: number): UsdValue {
  const round = findRound(feed.rounds, at);
  if (!round) return { status: 'noPrice', usd: null };
  const age = at - round.updatedAt;
  if (age > feed.maxAge) return { status: 'stale', usd: null, round, age };
  const usd = toDecimal(amount.baseUnits * round.answer, amount.decimals + feed.decimals);
  return { status: 'ok', usd, round, age };
}

/** The last round with an answer at or before a moment. */
function findRound(rounds: readonly Round[], at: number): Round | undefined {
  let [low, high] = [0, rounds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rounds[middle]?.updatedAt ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  for (let index = low - 1; index >= 0; index--) {
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

/** A proxy's round id names the aggregator it stands for at the time, and that one's own round. */
export function splitRoundId(roundId: bigint): { readonly phase: number; readonly round: bigint } {
  return { phase: Number(roundId >> PHASE_BITS), round: roundId & (2n ** PHASE_BITS - 1n) };
}

/** Within a phase the next id need not be the next number. */
export function joinRoundId(phase: number, round: bigint): bigint {
  return (BigInt(phase) << PHASE_BITS) | round;
}

const PHASE_BITS = 64n;
