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

/**
 * Links of period after period multiplied (`PRC-09`). A model that was not traded for a while is held against its last price, for
 * at most `maxGap` periods: what it did meanwhile shows when it comes back. A period without prices has no figure; one that
 * shares no model with what came before begins a chain of its own.
 */
export function chainFisher(periods: readonly Period[], maxGap: number): readonly ChainedFisher[] {
  const last = new Map<string, { readonly at: number; readonly trade: Trade }>();
  const chain: ChainedFisher[] = [];
  let level = START;
  for (const { at, prices } of periods) {
    const traded = [...prices].filter(([, trade]) => isTrade(trade));
    if (traded.length === 0) continue;
    const recent = [...last].filter(([, seen]) => at - seen.at <= maxGap);
    const link = fisherLink(new Map(recent.map(([model, { trade }]) => [model, trade])), prices);
    level = link ? divideHalfEven(level * link.fisher, ONE) : START;
    chain.push({ at, level, link });
    for (const [model, trade] of traded) last.set(model, { at, trade });
  }
  return chain;
}

const START = 100n * ONE;
