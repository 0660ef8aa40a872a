import { divide } from './divide.js';

/** Of one time, in one unit: base units of one token, or USD of as many decimals. */
export interface MarketSums {
  /** Gross merchandise value: all that buyers paid for work. */
  readonly gmv: bigint;
  readonly fees: bigint;
  readonly payouts: bigint;
  /** Newly made tokens for those who work. */
  readonly emissions: bigint;
  /** What of the first is trade of somebody with themselves. */
  readonly washGmv: bigint;
}

export interface MarketShares {
  readonly takeRate: number | null;
  readonly providerShare: number | null;
  readonly subsidyRatio: number | null;
  readonly takeRateExWash: number | null;
  readonly washShare: number | null;
  /** fees + payouts = GMV: what is paid goes to somebody, and nothing from nowhere. */
  readonly adds: boolean;
}

/** Who gets what of what buyers pay (`ECO-03`). Null over nothing. */
export function toMarketShares({ gmv, fees, payouts, emissions, washGmv }: MarketSums): MarketShares {
  return {
    takeRate: divide(fees, gmv),
    providerShare: divide(payouts, gmv),
    subsidyRatio: divide(emissions, gmv),
    takeRateExWash: divide(fees, gmv - washGmv),
    washShare: divide(washGmv, gmv),
    adds: fees + payouts === gmv,
  };
}
