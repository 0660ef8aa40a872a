import { toDate } from '../values.js';

/** What the market's logs hold of a request: its id, its terms, and what the auction asks for at a time. */

/** As viem decodes it: whole numbers of up to 48 bits are numbers. */
export interface Request {
  readonly imageUrl: string;
  readonly offer: Offer;
}

export interface Offer {
  /** Base units of the work token. */
  readonly minPrice: bigint;
  readonly maxPrice: bigint;
  /** Seconds since 1970. */
  readonly rampUpStart: bigint;
  /** Seconds from `rampUpStart` on, as the timeouts. */
  readonly rampUpPeriod: number;
  /** Until then a prover that locked it has it for itself. */
  readonly lockTimeout: number;
  /** Until then anybody may fulfil it. */
  readonly timeout: number;
  /** Base units of the stake token. */
  readonly lockCollateral: bigint;
}

/** The id as Boundless writes it. */
export function toRequestId(id: unknown): string {
  return `0x${(id as bigint).toString(16)}`;
}

/** The id packs the buyer's address and a 32-bit index: boundless-xyz/boundless `contracts/src/types/RequestId.sol`. */
export function toBuyer(id: unknown): string {
  const address = ((id as bigint) >> 32n) & ((1n << 160n) - 1n);
  return `0x${address.toString(16).padStart(40, '0')}`;
}

/**
 * The price of a reverse Dutch auction: it rises from the least to the most over the ramp, rounded down, and is nothing
 * after the lock's deadline. Source: boundless-xyz/boundless `contracts/src/types/Offer.sol`, priceAt.
 */
export function toPriceAt(offer: Offer, seconds: bigint): bigint {
  const { minPrice, maxPrice, rampUpStart } = offer;
  const elapsed = seconds - rampUpStart;
  const ramp = BigInt(offer.rampUpPeriod);
  if (elapsed <= 0n) return minPrice;
  if (elapsed > BigInt(offer.lockTimeout)) return 0n;
  return elapsed > ramp ? maxPrice : minPrice + (elapsed * (maxPrice - minPrice)) / ramp;
}

/** When it can no longer be fulfilled; undefined for a time that no calendar holds. */
export function findDeadline({ rampUpStart, timeout }: Offer): Date | undefined {
  return toDate(rampUpStart + BigInt(timeout));
}

/** In the protocol's own words. */
export function toAttributes({ imageUrl, offer }: Request): Readonly<Record<string, string>> {
  const terms = Object.entries(offer).map(([name, value]) => [name, String(value)]);
  return { imageUrl, ...Object.fromEntries(terms) };
}
