import fc from 'fast-check';
import { boundless } from '../../../schema/protocols/boundless.js';
import type { Arguments, DecodedLog, RawLog } from '../../events/logs.js';
import { boundlessAdapter } from './boundlessAdapter.js';
import { findDeadline, type Offer, toBuyer, toPriceAt, toRequestId } from './boundlessRequest.js';

const market = `0x${'3a'.repeat(20)}` as const;
const buyer = `0x${'0b'.repeat(20)}`;
const prover = `0x${'c0'.repeat(20)}`;
const requestId = (BigInt(buyer) << 32n) | 7n;
const task = toRequestId(requestId);

const offer: Offer = {
  ...{ minPrice: 100n, maxPrice: 400n, rampUpStart: 1_000n },
  ...{ rampUpPeriod: 60, lockTimeout: 120, timeout: 300, lockCollateral: 9n },
};

function build(name: string, args: Arguments): DecodedLog {
  return {
    name,
    args,
    role: 'market',
    network: { manifest: boundless },
    log: { address: market } as RawLog,
  } as DecodedLog;
}

const adapt = (decoded: DecodedLog, seconds?: number) =>
  boundlessAdapter.adapt([decoded], new Map(), seconds === undefined ? undefined : new Date(seconds * 1000))[0];

describe('a request of Boundless', () => {
  it('bears the address of its buyer in its id, whatever stands around it', () => {
    expect(toBuyer(requestId)).toBe(buyer);
    // The flag of requests that a contract signs.
    expect(toBuyer(requestId | (1n << 192n))).toBe(buyer);
    expect(toBuyer(1n << 32n)).toBe(`0x${'0'.repeat(39)}1`);
    expect(task).toBe(`0xb${'0b'.repeat(19)}00000007`);
  });

  it.each([
    [0, 100n],
    [1_000, 100n],
    [1_001, 105n],
    [1_030, 250n],
    [1_059, 395n],
    [1_060, 400n],
    [1_120, 400n],
    // Past the lock's deadline nothing is paid.
    [1_121, 0n],
  ])('costs at second %i: %s', (seconds, price) => {
    expect(toPriceAt(offer, BigInt(seconds))).toBe(price);
  });

  it('never gets cheaper while it can be locked, and stays between its least and most', () => {
    const amount = fc.bigInt(0n, 2n ** 96n);
    fc.assert(
      fc.property(amount, amount, fc.nat(10_000), fc.nat(10_000), fc.nat(20_000), (low, rise, ramp, rest, at) => {
        const terms = { ...offer, minPrice: low, maxPrice: low + rise, rampUpPeriod: ramp, lockTimeout: ramp + rest };
        const now = toPriceAt(terms, 1_000n + BigInt(Math.min(at, ramp + rest)));
        const later = toPriceAt(terms, 1_000n + BigInt(Math.min(at + 1, ramp + rest)));
        expect(now >= low && later >= now && later <= low + rise).toBe(true);
      }),
    );
  });

  it('has no deadline that no calendar holds', () => {
    expect(findDeadline(offer)).toEqual(new Date(1_300_000));
    expect(findDeadline({ ...offer, rampUpStart: 2n ** 64n - 1n })).toBeUndefined();
  });

  it('is not priced without the time of its block', () => {
    const locked = build('RequestLocked', { requestId, prover, request: { imageUrl: '', offer } });
    expect(() => adapt(locked)).toThrow(/time of every block/);
    expect(adapt(locked, 1_030)?.events).toMatchObject([
      { kind: 'jobCreated', price: { amount: 250n } },
      { kind: 'jobAssigned', provider: prover },
      { kind: 'priced', basis: 'settled', amount: 250n },
    ]);
  });

  it('fails when its prover is slashed and nobody came to its rescue', () => {
    const slash = { requestId, collateralBurned: 5n, collateralTransferred: 4n };
    expect(adapt(build('ProverSlashed', { ...slash, collateralRecipient: market }))?.events).toEqual([
      { kind: 'stakeChanged', change: 'slashed', provider: 'ofTask', task, amount: 9n, delta: -9n },
      { kind: 'taskFailed', task },
    ]);
    expect(adapt(build('ProverSlashed', { ...slash, collateralRecipient: prover }))?.events).toEqual([
      { kind: 'stakeChanged', change: 'slashed', provider: 'ofTask', task, amount: 9n, delta: -9n },
      { kind: 'stakeChanged', change: 'moved', account: prover, provider: prover, task, amount: 4n, delta: 4n },
    ]);
  });
});
