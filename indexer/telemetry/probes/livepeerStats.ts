import { AnswerError, findAddress, findDecimal, getList, isObject } from './answers.js';
import { keepBest } from './keepBest.js';
import { FURTHER_DECIMALS, PIXEL_PRICE_DECIMALS } from './livepeerPrices.js';
import { HALF_DAY_SECONDS, type ParsedAnswer, type PriceProbe, type ProbedPrice } from './Probe.js';

/**
 * The price of transcoding that each Livepeer orchestrator was last heard to ask, as the network's explorer shows it.
 * Source of the URL: `pricingUrl` in livepeer/explorer; of the shape: README of livepeer/orchestrator-price-api.
 */
export const livepeerStats: PriceProbe = {
  id: 'livepeer-stats',
  kind: 'prices',
  title: 'what orchestrators ask for a pixel, of the price list behind the explorer',
  protocols: ['livepeer'],
  maxWaitSeconds: HALF_DAY_SECONDS,
  // The source samples once an hour.
  intervalSeconds: 3_600,
  deadlineMs: 15_000,
  maxBytes: 1024 * 1024,
  targets: { kind: 'source', name: 'livepeer-stats', toUrl: () => 'https://nyc.livepeer.com/orchestratorStats' },
  toUrl: (base) => base,
  parse: parseStats,
};

/** There are about a hundred orchestrators. */
const MAX_ENTRIES = 5_000;

function parseStats([answer]: readonly unknown[]): ParsedAnswer {
  const entries = getList(answer);
  if (entries.length > MAX_ENTRIES) throw new AnswerError(`Expected at most ${MAX_ENTRIES} orchestrators, got more.`);
  const prices: ProbedPrice[] = [];
  let refused = 0;
  for (const entry of entries) {
    const price = findPrice(entry);
    if (price === undefined) refused += 1;
    // It is what the source writes where it got no answer: no evidence, and no gift.
    else if (price.amount > 0n) prices.push(price);
  }
  return { prices: keepBest(prices), refused };
}

function findPrice(entry: unknown): ProbedPrice | undefined {
  if (!isObject(entry)) return undefined;
  const provider = findAddress(entry.Address);
  const amount = findDecimal(entry.PricePerPixel, FURTHER_DECIMALS);
  if (!provider || amount === undefined) return undefined;
  const sampledAt = findSampleTime(entry.UpdatedAt);
  return {
    ...{ provider, basis: 'advertised', resource: 'transcoding', unit: 'pixel', amount, scale: PIXEL_PRICE_DECIMALS },
    attributes: {},
    ...(sampledAt === undefined ? {} : { sampledAt }),
  };
}

/** In seconds since 1970; anything that no such time can be is left out. */
function findSampleTime(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) > 0 && Number(value) < 1e10 ? Number(value) * 1_000 : undefined;
}
