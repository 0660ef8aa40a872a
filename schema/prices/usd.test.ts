import { readFileSync } from 'node:fs';
import { describeWithShared, toSharedPath } from '../../test/sharedData.js';
import { type Feed, joinRoundId, splitRoundId, toDecimal, toUsd } from './usd.js';

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
      if (value.status === 'noPrice') return { at, status: 'NO_PRICE', usd: null };
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
