import type { Arguments, DecodedLog, RawLog } from '../../events/logs.js';
import { type Balances, checkBalances } from './checkBalances.js';

const serving = `0x${'5e'.repeat(20)}` as const;
const user = `0x${'cd'.repeat(20)}`;
const provider = `0x${'ab'.repeat(20)}`;
const key = `${serving}:${user}:${provider}`;

function build(role: string, name: string, args: Arguments): DecodedLog {
  const log = { address: role === 'ledger' ? `0x${'1e'.repeat(20)}` : serving } as RawLog;
  return { role, name, args, log } as DecodedLog;
}

const spent = (amount: bigint) => build('ledger', 'FundSpent', { user, service: serving, amount });
const balance = (amount: bigint, pendingRefund = 0n) =>
  build('inference', 'BalanceUpdated', { user, provider, amount, pendingRefund });
const result = (status: bigint, unsettledAmount = 0n) =>
  build('inference', 'TEESettlementResult', { user, status, unsettledAmount });
const deleted = (refundedAmount: bigint) => build('inference', 'AccountDeleted', { user, provider, refundedAmount });

function check(left: bigint | undefined, ...transaction: readonly DecodedLog[]) {
  const before: Balances = new Map(left === undefined ? [] : [[key, left]]);
  const { balances, changes, mismatches } = checkBalances(transaction, before);
  return { left: balances.get(key), changes, reasons: mismatches.map(({ reason }) => reason) };
}

describe('balances of 0G Compute', () => {
  it('fall by what was spent', () => {
    expect(check(20n, spent(5n), balance(15n), result(0n))).toMatchObject({
      left: 15n,
      changes: [{ change: 'spent', delta: -5n }],
      reasons: [],
    });
    expect(check(20n, spent(5n), balance(14n), result(0n)).reasons).toEqual([
      'The balance is 14 after 5 were spent of 20.',
    ]);
  });

  it('follow each other within one transaction', () => {
    const batch = [spent(5n), balance(15n), result(0n), spent(15n), balance(0n), result(1n, 3n)];
    expect(check(20n, ...batch)).toMatchObject({ left: 0n, reasons: [], changes: [{ delta: -5n }, { delta: -15n }] });
  });

  it('tell what was paid while the ledger did not', () => {
    expect(check(20n, balance(13n), result(0n))).toMatchObject({
      changes: [{ key, change: 'spent', delta: -7n }],
      reasons: [],
    });
    expect(check(20n, balance(21n), result(0n)).reasons).toEqual(['A settlement raised the balance from 20 to 21.']);
  });

  it('tell how much a transfer moved, either way', () => {
    expect(check(20n, balance(50n)).changes).toMatchObject([{ change: 'moved', delta: 30n }]);
    expect(check(20n, balance(5n)).changes).toMatchObject([{ change: 'moved', delta: -15n }]);
    expect(check(undefined, balance(5n)).changes).toMatchObject([{ change: 'moved', delta: undefined }]);
  });

  it('are all gone after a settlement in part', () => {
    expect(check(undefined, spent(5n), balance(1n), result(1n, 3n)).reasons).toEqual([
      'A settlement left 3 unpaid and 1 with the buyer.',
    ]);
  });

  it('cover what waits to be refunded', () => {
    expect(check(undefined, balance(5n, 6n)).reasons).toEqual(['6 wait to be refunded out of 5.']);
  });

  it('end with their account', () => {
    expect(check(20n, deleted(20n))).toMatchObject({
      left: 0n,
      changes: [{ change: 'deleted', delta: -20n }],
      reasons: [],
    });
    expect(check(20n, deleted(0n)).reasons).toEqual(['An account of 20 was deleted with 0 in it.']);
  });
});
