import { assert } from '../../lib/assert.js';

/**
 * What a Marlin Oyster job costs and how long its deposit lasts. Balances and amounts are base units of the token, rates
 * are tokens per second with 18 decimals, times are seconds. Source: protocol constants and arithmetic of MarketV1
 * (marlinprotocol/oyster-monorepo, 366b61f).
 */

/** Decimals of every rate, whatever the token's. */
export const RATE_DECIMALS = 18;

export interface Terms {
  /** Tokens per second, 18 decimals. */
  readonly rate: bigint;
  readonly balance: bigint;
  /** The contract's EXTRA_DECIMALS: what a rate has more than the token. */
  readonly extraDecimals: bigint;
}

/**
 * EXTRA_DECIMALS as it follows from the token: 12 for USDC on Arbitrum One, which is the contract's constant there, 0 for
 * USDC on BNB Smart Chain. The contract has the last word: where it can be read, take `EXTRA_DECIMALS()`.
 */
export function toExtraDecimals(tokenDecimals: number): bigint {
  assert(tokenDecimals <= RATE_DECIMALS, `a token of ${tokenDecimals} decimals is finer than a rate`);
  return BigInt(RATE_DECIMALS - tokenDecimals);
}

/**
 * What a settlement after so many seconds moves to the provider: rounded up, and never more than there is. Each
 * settlement rounds anew, so settling often costs the owner up to one base unit each time.
 */
export function toSettledAmount(terms: Terms & { readonly seconds: bigint }): bigint {
  const { rate, balance, seconds, extraDecimals } = terms;
  assertNatural({ rate, balance, seconds, extraDecimals });
  const scale = 10n ** extraDecimals;
  const owed = (rate * seconds + scale - 1n) / scale;
  return owed < balance ? owed : balance;
}

/**
 * The last second that the balance pays for, where nobody settles, deposits or withdraws before; undefined where the rate
 * is 0 and it lasts for ever. Operators stop the machine a notice period (300 s) earlier.
 */
export function toRunOutTime(terms: Terms & { readonly lastSettled: bigint }): bigint | undefined {
  const { rate, balance, lastSettled, extraDecimals } = terms;
  assertNatural({ rate, balance, lastSettled, extraDecimals });
  if (rate === 0n) return undefined;
  return lastSettled + (balance * 10n ** extraDecimals) / rate;
}

/** Tokens per hour, 18 decimals. */
export function toHourlyRate(rate: bigint): bigint {
  return rate * 3_600n;
}

function assertNatural(values: Readonly<Record<string, bigint>>): void {
  for (const [name, value] of Object.entries(values)) assert(value >= 0n, `${name} of a job is ${value}`);
}
