import { median } from '../statistics/median.js';
import { medianPrice } from './averagePrices.js';
import { isTrade, type Trade } from './Trade.js';

export interface Typical {
  /** Whether the trade is kept. */
  readonly kept: boolean;
  /** Modified z-score of its price's logarithm; null where it has none: no trade, or no spread to hold it against. */
  readonly z: number | null;
}

/**
 * Which trades are typical (`PRC-01`; Iglewicz & Hoaglin 1993): z = 0.6745 (ln p − median ln p) / MAD, and |z| ≤ 3.5 stays.
 * Where at least half of the prices are the same the MAD is 0, and what lies within a quarter of their median stays.
 *
 * Logarithms are doubles and decide about keeping alone. They are taken of the ratio to one of the prices, so that the same
 * prices in cents, or in another currency, are kept or dropped alike.
 */
export function findTypical(trades: readonly Trade[]): readonly Typical[] {
  const real = trades.filter(isTrade);
  const logs = toLogs(real);
  const middle = median(logs) ?? 0;
  const spread = median(logs.map((log) => Math.abs(log - middle))) ?? 0;
  const center = spread === 0 ? (medianPrice(real) ?? 0n) : 0n;
  let at = 0;
  return trades.map((trade) => {
    if (!isTrade(trade)) return { kept: false, z: null };
    const log = logs[at++] ?? 0;
    if (spread === 0) return { kept: isNear(trade.price, center), z: null };
    const z = (NORMAL_QUARTILE * (log - middle)) / spread;
    return { kept: Math.abs(z) <= MAX_Z, z };
  });
}

/** The MAD of a normal distribution is so many standard deviations. */
const NORMAL_QUARTILE = 0.6745;
const MAX_Z = 3.5;

/** Within ±25 %. */
function isNear(price: bigint, center: bigint): boolean {
  const distance = price > center ? price - center : center - price;
  return 4n * distance <= center;
}

function toLogs(trades: readonly Trade[]): readonly number[] {
  const reference = trades.reduce<bigint | null>((low, { price }) => (low === null || price < low ? price : low), null);
  if (reference === null) return [];
  const known = new Map<bigint, number>();
  return trades.map(({ price }) => {
    const log = known.get(price) ?? toLog((price << RATIO_BITS) / reference);
    known.set(price, log);
    return log;
  });
}

/** A ratio of one or more, with so many bits behind the point: far more than a double has. */
const RATIO_BITS = 128n;

/** Natural logarithm of a ratio. V8 computes Math.log in software (fdlibm): the same bits on every machine. */
function toLog(ratio: bigint): number {
  const excess = BigInt(Math.max(0, ratio.toString(16).length * 4 - 64));
  return Math.log(Number(ratio >> excess)) + Number(excess - RATIO_BITS) * Math.LN2;
}
