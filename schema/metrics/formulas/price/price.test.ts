import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describeWithShared, toSharedPath } from '../../../../test/sharedData.js';
import { gpuPerformance } from '../../../hardware/gpuPerformance.js';
import { toProduct } from '../../../prices/usd.js';
import { createAskBook } from './askBook.js';
import { meanPrice, medianPrice, volumeWeightedPrice, weightedMedianPrice } from './averagePrices.js';
import { chainFisher } from './chainFisher.js';
import { cleanTrades } from './cleanTrades.js';
import { costPerSuccess, expectedAttempts } from './costPerSuccess.js';
import {
  bestCheckpointHours,
  expectedHoursFromScratch,
  expectedHoursWithCheckpoints,
  survivalChance,
} from './expectedHours.js';
import { findPublicationGap } from './findPublicationGap.js';
import { findTypical } from './findTypical.js';
import { fisherLink, type PricesByModel } from './fisherLink.js';
import { divideHalfEven, ONE, parseFixed, sqrtFixed, toFixedText } from './fixedPoint.js';
import { longJobFactor } from './longJobFactor.js';
import { toMemoryPrice, toPerformancePrice, toPerformanceQuantity } from './normalisePrice.js';
import { partitionedIndex } from './partitionedIndex.js';
import { settledIndex } from './settledIndex.js';
import type { PartiedTrade, Trade } from './Trade.js';
import { toFixedUsd } from './toFixedUsd.js';

const many = { numRuns: Number(process.env.PROPERTY_CASES ?? 2_000) };

const trade = (price: string | number, quantity: string | number): Trade => ({
  price: parseFixed(String(price)),
  quantity: parseFixed(String(quantity)),
});

/** Only for comparing with an oracle. */
const toNumber = (value: bigint | null): number => (value === null ? Number.NaN : Number(toFixedText(value)));

interface Oracle {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: each oracle has a shape of its own
  readonly inputs: any;
  // biome-ignore lint/suspicious/noExplicitAny: the same
  readonly expected: any;
  readonly tolerance: number;
}

describeWithShared('../oracles/metric-oracles.json', 'oracles of prices', () => {
  const oracles: readonly Oracle[] = JSON.parse(readFileSync(toSharedPath('../oracles/metric-oracles.json'), 'utf8'));

  function getOracle(id: string): Oracle & { expectClose(actual: number, expected: number): void } {
    const found = oracles.find((oracle) => oracle.id === id);
    if (!found) throw new Error(`there is no oracle ${id}`);
    const expectClose = (actual: number, expected: number) =>
      expect(Math.abs(actual - expected)).toBeLessThanOrEqual(found.tolerance * Math.max(1, Math.abs(expected)));
    return { ...found, expectClose };
  }

  it('PRC-01: averages, typical trades and the index', () => {
    const { inputs, expected, expectClose } = getOracle('PRC-01');
    const pairs: readonly [string, number][] = inputs.tradesUsdPerGpuHour_qtyGpuHours;
    const trades = pairs.map(([price, quantity]) => trade(price, quantity));
    expectClose(toNumber(meanPrice(trades)), expected.mean);
    expectClose(toNumber(volumeWeightedPrice(trades)), expected.vwap);
    expectClose(toNumber(medianPrice(trades)), expected.median);
    expectClose(toNumber(weightedMedianPrice(trades)), expected.weightedMedian);
    const typical = findTypical(trades);
    for (const [at, z] of expected.modifiedZ.entries()) expectClose(typical[at]?.z ?? Number.NaN, z);
    const { index, kept } = settledIndex(trades);
    expect(pairs.filter((_, at) => kept[at]).map(([price]) => price)).toEqual(expected.kept);
    expectClose(toNumber(index), expected.index);
    expectClose(toNumber(volumeWeightedPrice(trades.filter((_, at) => kept[at]))), expected.vwapKept);
  });

  it('PRC-02: the mean of the weighted medians of parts', () => {
    const { inputs, expected, expectClose } = getOracle('PRC-02');
    const partitions = inputs.partitions.map((pairs: readonly [string, number][]) =>
      pairs.map((pair) => trade(...pair)),
    );
    const { index, medians } = partitionedIndex(partitions, inputs.minPartitions);
    expect(medians.map((median) => toNumber(median))).toEqual(expected.medians);
    expect(medians.length).toBe(expected.nonEmpty);
    expectClose(toNumber(index), expected.index);
    expect(partitionedIndex(partitions, 4).index).toBeNull();
  });

  it('PRC-03: the book of asks', () => {
    const { inputs, expected, expectClose } = getOracle('PRC-03');
    const asks: readonly [string, number, number][] = inputs.asksProviderModelUsdGpus;
    const book = createAskBook(
      asks.map(([provider, price, gpus]) => ({ provider, price: parseFixed(String(price)), gpus })),
    );
    expectClose(toNumber(book.best), expected.bestAsk);
    expectClose(toNumber(book.supplyWeighted), expected.supplyWeightedAsk);
    expect(book.depth).toBe(expected.depth);
    const rent = book.rent(inputs.need);
    expect(rent?.fills.map(({ provider, gpus }) => [provider, gpus])).toEqual(expected.fills);
    expectClose(toNumber(rent?.hourlyCost ?? null), expected.hourlyCost);
    expectClose(toNumber(rent?.averagePrice ?? null), expected.averagePrice);
    expectClose(toNumber(rent?.marginalPrice ?? null), expected.marginalPrice);
    expect(book.rent(inputs.needTooMany)).toBe(expected.needTooManyResult);
  });

  it('PRC-04: normalised by performance and memory, with our own table', () => {
    const { inputs, expected, expectClose } = getOracle('PRC-04');
    const ours: Readonly<Record<string, string>> = {
      'H100-SXM-80GB': 'nvidia-h100',
      'A100-SXM-80GB': 'nvidia-a100',
      'RTX4090-24GB': 'nvidia-geforce-rtx-4090',
    };
    const getTflops = (model: string) => gpuPerformance.models.get(ours[model] ?? '')?.tflops ?? '';
    for (const [model, performance] of Object.entries(inputs.perf)) expect(Number(getTflops(model))).toBe(performance);
    const reference = getTflops(inputs.refModel);
    const offers: readonly { model: string; usd: number; vram: number }[] = inputs.offers;
    for (const [at, { model, usd, vram }] of offers.entries()) {
      const price = parseFixed(String(usd));
      const normalised = toPerformancePrice(price, { performance: getTflops(model), reference });
      expectClose(toNumber(normalised), expected.h100eHour[at]);
      expectClose(toNumber(toMemoryPrice(price, String(vram))), expected.usdPerGbHour[at]);
    }
  });

  it('PRC-07: cost of an hour that succeeds, and of a long job', () => {
    const { inputs, expected, expectClose } = getOracle('PRC-07');
    const price = parseFixed(String(inputs.usdPerHour));
    const success = String(inputs.success);
    const perHour = (failedShare: number) =>
      toNumber(costPerSuccess(price, { success, failedShare: String(failedShare) }));
    const ofJob = (failedShare: number) =>
      toNumber(costPerSuccess(price * BigInt(inputs.jobHours), { success, failedShare: String(failedShare) }));
    expectClose(perHour(inputs.phiFull), expected.perHourFull);
    expectClose(perHour(inputs.phiHalf), expected.perHourHalf);
    expectClose(perHour(inputs.phiNone), expected.perHourNone);
    expectClose(ofJob(inputs.phiFull), expected.costPerSuccessFull);
    expectClose(ofJob(inputs.phiHalf), expected.costPerSuccessHalf);
    expectClose(toNumber(expectedAttempts(success)), expected.expectedAttempts);
    expect(costPerSuccess(price, { success: '0', failedShare: '1' })).toBeNull();
    const job = {
      jobHours: inputs.longJobHours,
      mtbfHours: inputs.mtbfHours,
      restartHours: inputs.restartHours,
    };
    const checkpoints = { everyHours: inputs.checkpointEveryHours, costHours: inputs.checkpointCostHours };
    const scratch = expectedHoursFromScratch(job) ?? Number.NaN;
    const checked = expectedHoursWithCheckpoints(job, checkpoints) ?? Number.NaN;
    expectClose(scratch, expected.restartExpectedHours);
    expectClose(inputs.usdPerHour * Number(longJobFactor(job)), expected.restartPerUsefulHour);
    expect(longJobFactor({ ...job, mtbfHours: 0.5 })).toBeNull();
    expectClose(checked, expected.checkpointExpectedHours);
    expectClose(scratch * inputs.usdPerHour, expected.restartCost);
    expectClose((scratch * inputs.usdPerHour) / job.jobHours, expected.restartPerUsefulHour);
    expectClose((checked * inputs.usdPerHour) / job.jobHours, expected.checkpointPerUsefulHour);
    expectClose(survivalChance(job) ?? Number.NaN, expected.noRestartSurvival);
    const young = bestCheckpointHours({ mtbfHours: job.mtbfHours, costHours: checkpoints.costHours });
    expectClose(young ?? Number.NaN, expected.youngHours);
  });

  it('PRC-08: without self-dealing, and with a cap on what one provider weighs', () => {
    const { inputs, expected, expectClose } = getOracle('PRC-08');
    type ClusteredTrade = PartiedTrade & { readonly sameCluster: boolean };
    const trades: readonly ClusteredTrade[] = inputs.trades.map(
      (given: { provider: string; buyer: string; usd: string; gpuHours: number; sameCluster: boolean }) => ({
        ...trade(given.usd, given.gpuHours),
        ...given,
      }),
    );
    const isRemoved = ({ sameCluster }: ClusteredTrade) => sameCluster;
    const providerShare = String(inputs.capShare);
    const { clean, capped, removedShare } = cleanTrades(trades, isRemoved, { providerShare });
    expectClose(toNumber(volumeWeightedPrice(trades)), expected.vwapAll);
    expectClose(toNumber(volumeWeightedPrice(clean)), expected.vwapClean);
    expectClose(toNumber(volumeWeightedPrice(capped)), expected.vwapCleanCapped);
    expectClose(toNumber(removedShare), expected.removedVolumeShare);
  });

  it('PRC-09: Laspeyres, Paasche and Fisher, against an average that lies', () => {
    const { inputs, expected, expectClose } = getOracle('PRC-09');
    const toPrices = (period: Readonly<Record<string, { usd: string; gpuHours: number }>>): PricesByModel =>
      new Map(Object.entries(period).map(([model, { usd, gpuHours }]) => [model, trade(usd, gpuHours)]));
    const [before, after] = [toPrices(inputs.period0), toPrices(inputs.period1)];
    const link = fisherLink(before, after);
    expectClose(toNumber(link?.laspeyres ?? null), expected.laspeyres);
    expectClose(toNumber(link?.paasche ?? null), expected.paasche);
    expectClose(toNumber(link?.fisher ?? null), expected.fisher);
    const [old, current] = [before, after].map((prices) => toNumber(volumeWeightedPrice([...prices.values()])));
    expectClose(old ?? Number.NaN, expected.naiveAverage0);
    expectClose(current ?? Number.NaN, expected.naiveAverage1);
    expectClose((current ?? 0) / (old ?? 1) - 1, expected.naiveChange);
    const chain = chainFisher(
      [before, after].map((prices, at) => ({ at, prices })),
      { maxGap: 7 },
    );
    expectClose(toNumber(chain[1]?.level ?? null) / 100, expected.fisher);
  });
});

const prices = fc.oneof(
  fc.bigInt({ min: 1n, max: 10n ** 20n }),
  // Like a market: about two, a few far off.
  fc.integer({ min: 150, max: 250 }).map((cents) => BigInt(cents) * 10n ** 16n),
  fc.constantFrom(1n, 2n ** 256n - 1n, ONE),
);
const quantities = fc.oneof(fc.bigInt({ min: 1n, max: 10n ** 24n }), fc.constantFrom(1n, 2n ** 256n - 1n));
const trades = fc.array(fc.record({ price: prices, quantity: quantities }), { maxLength: 20 });

describe('properties of the index', () => {
  it('property 11: is homogeneous of degree 1, in either average, and unchanged by relabelling and order', () => {
    fc.assert(
      fc.property(
        trades,
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        fc.infiniteStream(fc.nat()),
        (given, factor, chance) => {
          const scaled = given.map(({ price, quantity }) => ({ price: price * factor, quantity }));
          const { index, kept } = settledIndex(given);
          expect(settledIndex(scaled)).toEqual({ index: index === null ? null : index * factor, kept });
          const shuffled = [...given].sort(() => (Number(chance.next().value) % 2) * 2 - 1);
          expect(settledIndex(shuffled).index).toBe(index);
          const parted = (some: readonly Trade[]) =>
            partitionedIndex(
              some.map((one) => [one]),
              1,
            );
          const scaledMedians = parted(given).medians.map((median) => median * factor);
          expect(parted(scaled).medians).toEqual(scaledMedians);
          // Names are no part of what an index is made of: cleaning under other names keeps the same volumes.
          const named = given.map((one, at) => ({ ...one, provider: `p${at % 3}`, buyer: `b${at % 4}` }));
          const renamed = named.map((one) => ({ ...one, provider: `x${one.provider}`, buyer: `y${one.buyer}` }));
          const toIndex = (some: readonly (typeof named)[number][]) =>
            settledIndex(cleanTrades(some, () => false).capped);
          expect(toIndex(renamed)).toEqual(toIndex(named));
        },
      ),
      many,
    );
  });

  it('property 12: lies within the prices of the trades it keeps', () => {
    fc.assert(
      fc.property(trades, (given) => {
        const { index, kept } = settledIndex(given);
        const keptPrices = given.filter((_, at) => kept[at]).map(({ price }) => price);
        expect(index === null).toBe(keptPrices.length === 0);
        if (index === null) return;
        expect(keptPrices.some((price) => price <= index)).toBe(true);
        expect(keptPrices.some((price) => price >= index)).toBe(true);
        const vwap = volumeWeightedPrice(given) ?? -1n;
        expect(given.some(({ price }) => price <= vwap) && given.some(({ price }) => price >= vwap)).toBe(true);
      }),
      many,
    );
  });

  it('keeps at least one of any trades, and drops nothing of equal ones', () => {
    fc.assert(
      fc.property(trades, prices, (given, price) => {
        expect(findTypical(given).some(({ kept }) => kept)).toBe(given.length > 0);
        const same = given.map(({ quantity }) => ({ price, quantity }));
        expect(findTypical(same).every(({ kept, z }) => kept && z === null)).toBe(true);
      }),
      many,
    );
  });
});

describe('what is no trade, and what is odd', () => {
  const largest = 2n ** 256n - 1n;

  it('passes over a price or a quantity of nothing', () => {
    const nothing = [trade(0, 10), trade(2, 0)];
    expect(settledIndex(nothing)).toEqual({ index: null, kept: [false, false] });
    expect(settledIndex([...nothing, trade(2, 1)])).toMatchObject({ index: 2n * ONE, kept: [false, false, true] });
    expect(partitionedIndex([nothing], 0).index).toBeNull();
    expect(createAskBook([{ provider: 'a', price: 0n, gpus: 8 }]).best).toBeNull();
    expect(createAskBook([{ provider: 'a', price: ONE, gpus: 0 }]).rent(1)).toBeNull();
    const free = { ...trade(0, 10), provider: 'a', buyer: 'b' };
    expect(cleanTrades([free], () => false)).toEqual({ clean: [], capped: [], removedShare: null });
    expect(fisherLink(new Map([['a', trade(0, 1)]]), new Map([['a', trade(1, 1)]]))).toBeNull();
  });

  it('has no figure of no trade, and takes one as it is', () => {
    expect(settledIndex([])).toEqual({ index: null, kept: [] });
    expect([meanPrice([]), medianPrice([]), volumeWeightedPrice([]), weightedMedianPrice([])]).toEqual(
      Array.from({ length: 4 }, () => null),
    );
    expect(settledIndex([trade('1.23', 4)]).index).toBe(parseFixed('1.23'));
    expect(cleanTrades([{ ...trade(1, 4), provider: 'a', buyer: 'b' }], () => true)).toMatchObject({
      removedShare: ONE,
    });
    expect(createAskBook([])).toMatchObject({ best: null, supplyWeighted: null, depth: 0 });
    expect(chainFisher([], { maxGap: 7 })).toEqual([]);
  });

  it('takes the largest number a chain has', () => {
    const huge = { price: largest, quantity: largest };
    expect(settledIndex([huge, huge, { price: 1n, quantity: 1n }])).toMatchObject({ index: largest });
    expect(volumeWeightedPrice([huge, huge])).toBe(largest);
    expect(fisherLink(new Map([['a', huge]]), new Map([['a', huge]]))?.fisher).toBe(ONE);
    expect(costPerSuccess(largest, { success: '0.000001', failedShare: '1' })).toBe(largest * 1_000_000n);
    const ordinary = Array.from({ length: 5 }, (_, at) => trade(2 + at / 100, 1));
    expect(settledIndex([...ordinary, huge]).kept).toEqual([true, true, true, true, true, false]);
  });

  it('keeps within a quarter of the median where most prices are the same', () => {
    const given = [
      trade(2, 1),
      trade(2, 1),
      trade(2, 1),
      trade('2.5', 9),
      trade('2.51', 9),
      trade('1.5', 1),
      trade('1.49', 1),
    ];
    expect(settledIndex(given).kept).toEqual([true, true, true, true, true, true, true]);
    const mostlySame = [...given, trade(2, 1), trade(2, 1)];
    expect(settledIndex(mostlySame).kept).toEqual([true, true, true, true, false, true, false, true, true]);
  });

  it('has no cost where hours have no end', () => {
    const job = { jobHours: 24, mtbfHours: 50, restartHours: 0 };
    expect(expectedHoursFromScratch({ ...job, mtbfHours: 0 })).toBeNull();
    expect(expectedHoursFromScratch({ ...job, mtbfHours: 0.01 })).toBeNull();
    expect(expectedHoursWithCheckpoints(job, { everyHours: 0, costHours: 1 })).toBeNull();
    expect(bestCheckpointHours({ mtbfHours: 0, costHours: 1 })).toBeNull();
    expect(survivalChance({ jobHours: 1, mtbfHours: 0 })).toBeNull();
  });

  it('normalises nothing by what does nothing', () => {
    expect(toPerformancePrice(ONE, { performance: '0', reference: '989' })).toBeNull();
    expect(toPerformanceQuantity(ONE, { performance: '312', reference: '0' })).toBeNull();
    expect(toMemoryPrice(ONE, '0')).toBeNull();
  });
});

describe('caps', () => {
  it('give no provider more than half, nor a pair more than a fifth, of the clean volume', () => {
    const given = [
      { ...trade(2, 900), provider: 'a', buyer: 'x' },
      { ...trade(2, 60), provider: 'b', buyer: 'x' },
      { ...trade(2, 40), provider: 'c', buyer: 'y' },
    ];
    const volumes = cleanTrades(given, () => false).capped.map(({ quantity }) => toFixedText(quantity));
    expect(volumes).toEqual(['200', '60', '40']);
    const [first] = cleanTrades(given, () => false, { providerShare: '0.5' }).capped;
    expect(toFixedText(first?.quantity ?? 0n)).toBe('500');
  });
});

describe('a chain of Fisher links', () => {
  const period = (at: number, models: Readonly<Record<string, string>>) => ({
    at,
    prices: new Map(Object.entries(models).map(([model, price]) => [model, trade(price, 10)])),
  });

  it('holds a model that was away against its last price', () => {
    const chain = chainFisher([period(0, { a: '2', b: '1' }), period(1, { a: '2' }), period(2, { a: '2', b: '1.5' })], {
      maxGap: 7,
    });
    expect(chain.map(({ level }) => toFixedText(level).slice(0, 8))).toEqual(['100', '100', '116.6666']);
    expect(chain[2]?.link?.models).toEqual(['a', 'b']);
  });

  it('forgets it after a while, and begins anew where nothing is left to compare with', () => {
    const chain = chainFisher([period(0, { a: '2' }), period(1, {}), period(9, { a: '4' }), period(10, { a: '5' })], {
      maxGap: 7,
    });
    expect(chain.map(({ at, level, link }) => [at, toFixedText(level), link === null])).toEqual([
      [0, '100', true],
      [9, '100', true],
      [10, '125', false],
    ]);
  });

  it('goes on from any of its periods as if it had never stopped', () => {
    const day = fc.option(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 500 }).map(String)));
    fc.assert(
      fc.property(fc.array(day, { minLength: 2, maxLength: 30 }), fc.nat(), (days, chance) => {
        const periods = days.flatMap((models, at) => (models ? [period(at, models)] : []));
        const cut = chance % days.length;
        const whole = chainFisher(periods, { maxGap: 7 });
        const level = whole.filter(({ at }) => at < cut).at(-1)?.level;
        const recent = periods.filter(({ at }) => at < cut && at >= cut - 7);
        const rest = chainFisher(
          periods.filter(({ at }) => at >= cut),
          { maxGap: 7, ...(level === undefined ? {} : { start: { periods: recent, level } }) },
        );
        expect(rest).toEqual(whole.filter(({ at }) => at >= cut));
      }),
      many,
    );
  });

  it('is the price of one basket where quantities stay the same', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(prices, prices), { minLength: 1, maxLength: 5 }), (pairs) => {
        const toPrices = (side: 0 | 1) =>
          new Map(pairs.map((pair, at) => [`m${at}`, { price: pair[side], quantity: ONE }]));
        const there = fisherLink(toPrices(0), toPrices(1));
        expect(there?.laspeyres).toBe(there?.paasche);
        expect(there?.fisher).toBe(there?.laspeyres);
      }),
      many,
    );
  });
});

describe('what is published', () => {
  it.each([
    [{ trades: 0, providers: 0, buyers: 0 }, 'noTrades'],
    [{ trades: 9, providers: 2, buyers: 9 }, 'fewProviders'],
    [{ trades: 9, providers: 3, buyers: 2 }, 'fewBuyers'],
    [{ trades: 3, providers: 3, buyers: 3 }, null],
  ])('%j', (counts, gap) => {
    expect(findPublicationGap(counts)).toBe(gap);
  });
});

describe('fixed-point numbers', () => {
  it.each([
    ['0.42', '0.42'],
    ['1.0000000000000000005', '1'],
    ['1.0000000000000000015', '1.000000000000000002'],
    ['0', '0'],
  ])('%s is kept as %s', (given, kept) => {
    expect(toFixedText(parseFixed(given))).toBe(kept);
  });

  it('refuse what is no decimal', () => {
    for (const none of ['', '1e3', '-1', 'NaN']) expect(() => parseFixed(none)).toThrow('is a decimal');
    expect(() => divideHalfEven(1n, 0n)).toThrow('above zero');
  });

  it('are what an amount is in USD, digit for digit as facts say it', () => {
    const whole = fc.bigInt({ min: 0n, max: 2n ** 160n });
    const scale = fc.integer({ min: 0, max: 24 });
    fc.assert(
      fc.property(whole, scale, whole, scale, fc.option(fc.bigInt({ min: 1n, max: 5_000n })), (...given) => {
        const [baseUnits, decimals, value, rateDecimals, divisor] = given;
        const amount = { baseUnits, decimals, ...(divisor === null ? {} : { divisor }) };
        const rate = { value, decimals: rateDecimals };
        expect(toFixedUsd(amount, rate)).toBe(parseFixed(toProduct(amount, rate)));
      }),
      many,
    );
  });

  it('have roots to the nearest', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 200n }),
        fc.bigInt({ min: 1n, max: 2n ** 100n }),
        (value, divisor) => {
          const root = sqrtFixed(value, divisor);
          // (root ± 1/2)² brackets value/divisor.
          const scaled = 4n * value * ONE * ONE;
          const low = 2n * root - 1n;
          const high = 2n * root + 1n;
          expect(low < 0n || low * low * divisor <= scaled).toBe(true);
          expect(high * high * divisor >= scaled).toBe(true);
        },
      ),
      many,
    );
  });
});
