import fc from 'fast-check';
import { marlin } from '../marlin.js';
import { toExtraDecimals, toHourlyRate, toRunOutTime, toSettledAmount } from './settlement.js';

const natural = (max: bigint) => fc.bigInt({ min: 0n, max });
const job = fc.record({
  rate: fc.oneof(natural(10n ** 16n), natural(2n ** 256n - 1n)),
  balance: fc.oneof(natural(10n ** 9n), natural(2n ** 256n - 1n)),
  extraDecimals: fc.constantFrom(0n, 12n),
});
const anySeconds = fc.oneof(natural(100_000n), natural(2n ** 64n));
const boundless = 2n ** 600n;

describe('a settlement', () => {
  it('is rounded up to a base unit of the token', () => {
    const terms = { rate: 52_500_000_000_000n, balance: 1_000_000n, extraDecimals: 12n };
    expect(toSettledAmount({ ...terms, seconds: 1n })).toBe(53n);
    expect(toSettledAmount({ ...terms, seconds: 2n })).toBe(105n);
    expect(toSettledAmount({ ...terms, seconds: 2n, extraDecimals: 0n, balance: boundless })).toBe(
      105_000_000_000_000n,
    );
  });

  it('takes at most what is there, and nothing for no time or no rate', () => {
    fc.assert(
      fc.property(job, anySeconds, (terms, seconds) => {
        const amount = toSettledAmount({ ...terms, seconds });
        expect(amount >= 0n && amount <= terms.balance).toBe(true);
        expect(toSettledAmount({ ...terms, seconds: 0n })).toBe(0n);
        expect(toSettledAmount({ ...terms, rate: 0n, seconds })).toBe(0n);
      }),
    );
  });

  it('costs at most one base unit more where it is done in two parts', () => {
    fc.assert(
      fc.property(job, anySeconds, anySeconds, ({ rate, extraDecimals }, first, second) => {
        const settle = (seconds: bigint) => toSettledAmount({ rate, extraDecimals, balance: boundless, seconds });
        const more = settle(first) + settle(second) - settle(first + second);
        expect([0n, 1n]).toContain(more);
      }),
    );
  });

  it('refuses what no contract holds', () => {
    const terms = { rate: 1n, balance: 1n, extraDecimals: 12n };
    expect(() => toSettledAmount({ ...terms, seconds: -1n })).toThrow(/seconds of a job is -1/);
    expect(() => toRunOutTime({ ...terms, balance: -1n, lastSettled: 0n })).toThrow(/balance of a job is -1/);
  });
});

describe('a balance', () => {
  it('runs out at the last second that it pays for', () => {
    fc.assert(
      fc.property(job, anySeconds, (terms, lastSettled) => {
        const time = toRunOutTime({ ...terms, lastSettled });
        if (time === undefined) return expect(terms.rate).toBe(0n);
        const owedAt = (seconds: bigint) => toSettledAmount({ ...terms, balance: boundless, seconds });
        expect(owedAt(time - lastSettled) <= terms.balance).toBe(true);
        expect(owedAt(time - lastSettled + 1n) > terms.balance).toBe(true);
      }),
    );
  });

  it('lasts as long as its price says', () => {
    const terms = { rate: 52_500_000_000_000n, extraDecimals: 12n, lastSettled: 1_700_000_000n };
    expect(toHourlyRate(terms.rate)).toBe(189_000_000_000_000_000n);
    expect(toRunOutTime({ ...terms, balance: 189_000n })).toBe(1_700_003_600n);
    expect(toRunOutTime({ ...terms, balance: 0n })).toBe(1_700_000_000n);
    expect(toRunOutTime({ ...terms, balance: 189_000n, rate: 0n })).toBeUndefined();
  });
});

it('a rate has 12 decimals more than USDC on Arbitrum One and as many on BNB Smart Chain', () => {
  const extra = marlin.networks.map(({ id, workToken }) => [id, toExtraDecimals(workToken?.decimals ?? 0)]);
  expect(extra).toEqual([
    ['marlin-arbitrum', 12n],
    ['marlin-bsc', 0n],
  ]);
  expect(() => toExtraDecimals(19)).toThrow(/19 decimals is finer than a rate/);
});
