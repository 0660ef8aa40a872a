import type { DecodedLog } from '../../events/logs.js';
import { toAddress } from './zerogIds.js';
import { isBeside, isSpending } from './zerogSettlements.js';

/** What buyers have left, in wei, by serving contract, buyer and provider (`toBalanceKey`). */
export type Balances = ReadonlyMap<string, bigint>;

/** How a balance came to be another one. Deposits and refunds between a buyer's ledger and a provider are `moved`. */
export interface BalanceChange {
  readonly decoded: DecodedLog;
  readonly key: string;
  readonly change: 'spent' | 'moved' | 'deleted';
  /** Signed; absent where the balance before is not known. */
  readonly delta: bigint | undefined;
}

/** A log that says something else than the other logs add up to. */
export interface BalanceMismatch {
  readonly decoded: DecodedLog;
  readonly key: string;
  readonly reason: string;
}

export interface CheckedBalances {
  /** Those that the transaction names; the caller puts them over the ones before. */
  readonly balances: Balances;
  readonly changes: readonly BalanceChange[];
  readonly mismatches: readonly BalanceMismatch[];
}

/**
 * Holds the absolute balances of a transaction's logs against what its other logs say and what was left before. Fed with
 * transactions in the order of the chain it also tells what the adapter cannot, which sees one transaction: how much a
 * transfer moved, and what was paid while the ledger did not say so yet.
 */
export function checkBalances(transaction: readonly DecodedLog[], before: Balances): CheckedBalances {
  const balances = new Map<string, bigint>();
  const changes: BalanceChange[] = [];
  const mismatches: BalanceMismatch[] = [];
  for (const [index, decoded] of transaction.entries()) {
    const key = toBalanceKey(decoded);
    const known = balances.get(key) ?? before.get(key);
    const found = check(decoded, known, { previous: transaction[index - 1], next: transaction[index + 1] });
    if (!found) continue;
    balances.set(key, found.balance);
    const delta = known === undefined ? undefined : found.balance - known;
    if (delta !== 0n) changes.push({ decoded, key, change: found.change, delta });
    for (const reason of found.reasons) mismatches.push({ decoded, key, reason });
  }
  return { balances, changes, mismatches };
}

export function toBalanceKey({ log, args }: DecodedLog): string {
  return `${log.address}:${toAddress(args.user)}:${toAddress(args.provider)}`;
}

interface Neighbours {
  readonly previous: DecodedLog | undefined;
  readonly next: DecodedLog | undefined;
}

interface Found {
  readonly balance: bigint;
  readonly change: BalanceChange['change'];
  readonly reasons: readonly string[];
}

function check(decoded: DecodedLog, known: bigint | undefined, neighbours: Neighbours): Found | undefined {
  if (decoded.name === 'AccountDeleted') return checkDeleted(decoded, known);
  return decoded.name === 'BalanceUpdated' ? checkUpdated(decoded, known, neighbours) : undefined;
}

function checkDeleted({ args }: DecodedLog, known: bigint | undefined): Found {
  const refunded = args.refundedAmount as bigint;
  const reasons =
    known === undefined || known === refunded ? [] : [`An account of ${known} was deleted with ${refunded} in it.`];
  return { balance: 0n, change: 'deleted', reasons };
}

function checkUpdated(decoded: DecodedLog, known: bigint | undefined, { previous, next }: Neighbours): Found {
  const balance = decoded.args.amount as bigint;
  const pending = decoded.args.pendingRefund as bigint;
  const spending =
    previous && isSpending(previous) && isBeside(previous, decoded, 'BalanceUpdated') ? previous : undefined;
  const result = isResultOf(decoded, next) ? next : undefined;
  const reasons: string[] = [];
  if (pending > balance) reasons.push(`${pending} wait to be refunded out of ${balance}.`);
  const spent = spending?.args.amount as bigint | undefined;
  if (known !== undefined && spent !== undefined && balance !== known - spent)
    reasons.push(`The balance is ${balance} after ${spent} were spent of ${known}.`);
  if (known !== undefined && result && balance > known)
    reasons.push(`A settlement raised the balance from ${known} to ${balance}.`);
  // What is paid in part takes all there is.
  if (result && Number(result.args.status) === PARTIAL && balance !== 0n)
    reasons.push(`A settlement left ${result.args.unsettledAmount} unpaid and ${balance} with the buyer.`);
  return { balance, change: spending || result ? 'spent' : 'moved', reasons };
}

/** InferenceServing.SettlementStatus. */
const PARTIAL = 1;

function isResultOf(decoded: DecodedLog, next: DecodedLog | undefined): next is DecodedLog {
  return (
    next?.name === 'TEESettlementResult' &&
    next.log.address === decoded.log.address &&
    next.args.user === decoded.args.user
  );
}
