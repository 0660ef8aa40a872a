import { readFileSync } from 'node:fs';
import { describeWithShared, toSharedPath } from '../../test/sharedData.js';
import {
  type Feed,
  joinRoundId,
  splitRoundId,
  type TokenAmount,
  toDecimal,
  toProduct,
  toUsd,
  toUsdAsOf,
} from './usd.js';

const feed: Feed = {
  decimals: 8,
  maxAge: 90_000,
  rounds: [
    { roundId: 1n, answer: 723_456_789n, updatedAt: 1_000_000 },
    { roundId: 2n, answer: 0n, updatedAt: 1_060_000 },
  ],
};

describe('toUsd', () => {
  it('takes the last answer given by then, and passes over what is none', () => {
    const amount = { baseUnits: 10n ** 18n, decimals: 18 };
    expect(toUsd(amount, feed, 999_999)).toEqual({ status: 'noPrice', usd: null });
    expect(toUsd(amount, feed, 1_000_000)).toMatchObject({ status: 'ok', usd: '7.23456789', age: 0 });
    expect(toUsd(amount, feed, 1_070_000)).toMatchObject({ status: 'ok', usd: '7.23456789', age: 70_000 });
    expect(toUsd(amount, feed, 1_090_001)).toMatchObject({ status: 'stale', usd: null, age: 90_001 });
  });
});

describe('what a feed had said by then', () => {
  const amount = { baseUnits: 1_000_000n, decimals: 6 };
  const round = { roundId: 1n, answer: 99_990_000n, updatedAt: 1_000 };

  it.each([
    ['no answer', { answered: false, round: undefined }, { status: 'noPrice', usd: null }],
    ['answers of which none is above zero', { answered: true, round: undefined }, { status: 'invalid', usd: null }],
    ['an answer just young enough', { answered: true, round }, { status: 'ok', usd: '0.9999', age: 60 }],
  ])('%s', (_, asOf, expected) => {
    expect(toUsdAsOf(amount, { decimals: 8, maxAge: 60, at: 1_060 }, asOf)).toMatchObject(expected);
    expect(toUsdAsOf(amount, { decimals: 8, maxAge: 59, at: 1_060 }, asOf)).toMatchObject({ usd: null });
  });
});

describe('toProduct', () => {
  const rate = { value: 125n, decimals: 2 };

  it.each([
    [{ baseUnits: 4n, decimals: 1 }, '0.5'],
    [{ baseUnits: 4n, decimals: 1, divisor: 8n }, '0.0625'],
    [{ baseUnits: 8n, decimals: 0, divisor: 3n }, '3.333333333333333333'],
    [{ baseUnits: -8n, decimals: 0, divisor: 6n }, '-1.666666666666666667'],
    [{ baseUnits: 10n ** 40n, decimals: 0 }, `125${'0'.repeat(38)}`],
    // Half to even, at the 26 decimals that the product has.
    [{ baseUnits: 1n, decimals: 24, divisor: 2n }, '0.00000000000000000000000062'],
  ])('amount %# at 1.25 a token', (amount, expected) => {
    expect(toProduct(amount as TokenAmount, rate)).toBe(expected);
  });
});

describe('toDecimal', () => {
  it.each([
    [0n, 18, '0'],
    [5n, 0, '5'],
    [-1_500_000n, 6, '-1.5'],
    [1n, 26, '0.00000000000000000000000001'],
    [10n ** 30n, 26, '10000'],
  ])('%s over 10^%s is %s', (value, decimals, expected) => {
    expect(toDecimal(value, decimals)).toBe(expected);
  });
});

interface Oracle {
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: unknown;
}

describeWithShared('../oracles/metric-oracles.json', 'oracles of USD', () => {
  const oracles: readonly Oracle[] = JSON.parse(readFileSync(toSharedPath('../oracles/metric-oracles.json'), 'utf8'));

  function getOracle(id: string): Oracle {
    const found = oracles.find((oracle) => oracle.id === id);
    if (!found) throw new Error(`there is no oracle ${id}`);
    return found;
  }

  it('PRC-05: at settlement, from the last valid round before it', () => {
    const { inputs, expected } = getOracle('PRC-05');
    const rounds = inputs.rounds as readonly { roundId: string; answer: string; updatedAt: number }[];
    const ofOracle: Feed = {
      decimals: inputs.feedDecimals as number,
      maxAge: inputs.maxAgeSeconds as number,
      rounds: rounds.map(({ roundId, answer, updatedAt }) => ({
        ...{ roundId: BigInt(roundId), answer: BigInt(answer), updatedAt },
      })),
    };
    const amount = { baseUnits: BigInt(inputs.amountBaseUnits as string), decimals: inputs.tokenDecimals as number };
    const found = (inputs.settledAt as readonly number[]).map((at) => {
      const value = toUsd(amount, ofOracle, at);
      if (value.usd === null && value.status !== 'stale') return { at, status: 'NO_PRICE', usd: null };
      const status = value.status === 'ok' ? 'OK' : 'STALE';
      return { at, status, roundId: String(value.round.roundId), ageSeconds: value.age, usd: value.usd };
    });
    expect(found).toEqual(expected);
  });

  it('PRC-06: round ids of a proxy', () => {
    const { inputs, expected } = getOracle('PRC-06');
    const { phase, round } = splitRoundId(BigInt(inputs.roundId as string));
    expect(expected).toMatchObject({
      phaseId: phase,
      aggregatorRoundId: Number(round),
      firstOfPhase4: String(joinRoundId(inputs.phase as number, 1n)),
    });
  });
});
