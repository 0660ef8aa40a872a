import { type FisherLink, fisherLink, type PricesByModel } from './fisherLink.js';
import { divideHalfEven, ONE } from './fixedPoint.js';
import { isTrade, type Trade } from './Trade.js';

export interface Period {
  /** Whole number that counts periods, such as the day; ascending. */
  readonly at: number;
  readonly prices: PricesByModel;
}

export interface ChainedFisher {
  readonly at: number;
  /** 100 at the beginning; at 18 decimals. */
  readonly level: bigint;
  /** From the models' last prices to this period's; null: the chain begins here, for there is nothing to compare with. */
  readonly link: FisherLink | null;
}

/** Where a chain goes on: the last `maxGap` periods before, and the level at the end of them. */
export interface ChainStart {
  readonly periods: readonly Period[];
  readonly level: bigint;
}

/**
 * Links of period after period multiplied (`PRC-09`). A model that was not traded for a while is held against its last price, for
 * at most `maxGap` periods: what it did meanwhile shows when it comes back. A period without prices has no figure; one that
 * shares no model with what came before begins a chain of its own.
 */
export function chainFisher(
  periods: readonly Period[],
  { maxGap, start }: { readonly maxGap: number; readonly start?: ChainStart },
): readonly ChainedFisher[] {
  const last = new Map<string, { readonly at: number; readonly trade: Trade }>();
  const see = ({ at, prices }: Period) => {
    for (const [model, trade] of prices) if (isTrade(trade)) last.set(model, { at, trade });
  };
  for (const period of start?.periods ?? []) see(period);
  const chain: ChainedFisher[] = [];
  let level = start?.level ?? START;
  for (const period of periods) {
    const { at, prices } = period;
    if (![...prices.values()].some(isTrade)) continue;
    const recent = [...last].filter(([, seen]) => at - seen.at <= maxGap);
    const link = fisherLink(new Map(recent.map(([model, { trade }]) => [model, trade])), prices);
    level = link ? divideHalfEven(level * link.fisher, ONE) : START;
    chain.push({ at, level, link });
    see(period);
  }
  return chain;
}

const START = 100n * ONE;
