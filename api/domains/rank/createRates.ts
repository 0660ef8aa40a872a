import { parseFixed } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import type { Context } from '../../createContext.js';
import { toUsd } from '../usd/toUsd.js';
import type { UsdReason } from '../usd/Usd.js';
import type { FactPlace } from '../usd/usdQueries.js';

/** USD for one whole token at 18 decimals; null: for the reason beside it. */
export interface Rate {
  readonly usd: bigint | null;
  readonly reason: UsdReason | null;
}

export type FindRate = (tokenId: string, place: FactPlace) => Promise<Rate>;

/** What tokens were worth, each place of a token once. */
export function createRates(context: Context): FindRate {
  const known = new Map<string, Promise<Rate>>();
  return (tokenId, place) => {
    const key = `${tokenId} ${place.chainId} ${place.height} ${place.logIndex} ${place.at.getTime()}`;
    const rate = known.get(key) ?? readRate(context, tokenId, place);
    known.set(key, rate);
    return rate;
  };
}

async function readRate(context: Context, tokenId: string, place: FactPlace): Promise<Rate> {
  const { value, reason } = await toUsd(context, { tokenId, baseUnits: 1n, scale: 0, place });
  return { usd: value === null ? null : parseFixed(value), reason };
}
