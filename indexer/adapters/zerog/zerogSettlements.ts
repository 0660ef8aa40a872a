import type { Hex } from '../../../schema/lib/hex.js';
import type { DecodedLog } from '../../events/logs.js';
import { hex } from '../values.js';
import { toTask } from './zerogIds.js';

/** What the logs around one of a settlement add to it. */
export interface Settlement {
  readonly provider?: string;
  readonly task?: string;
}

/**
 * The ledger says what was paid and by whom, the serving contract's next log to whom; fine-tuning names the deliverable
 * in the log before. A settlement's result names no provider: it is the caller's, whose balances the same call changes.
 */
export function pairSettlements(transaction: readonly DecodedLog[]): ReadonlyMap<DecodedLog, Settlement> {
  const settlements = new Map<DecodedLog, Settlement>();
  const callers = findCallers(transaction);
  for (const [index, decoded] of transaction.entries()) {
    if (decoded.name === 'TEESettlementResult') {
      settlements.set(decoded, { provider: callers.get(decoded.log.address) });
    } else if (isSpending(decoded)) {
      const [before, after] = [transaction[index - 1], transaction[index + 1]];
      settlements.set(decoded, {
        provider: isBeside(decoded, after, 'BalanceUpdated') ? hex(after?.args.provider) : undefined,
        task: before && isBeside(decoded, before, 'FeesSettled') ? toTask(before) : undefined,
      });
    }
  }
  return settlements;
}

/** By serving contract; none where a transaction changes balances with several providers. */
function findCallers(transaction: readonly DecodedLog[]): ReadonlyMap<Hex, string | undefined> {
  const callers = new Map<Hex, string | undefined>();
  for (const { name, log, args } of transaction) {
    if (name !== 'BalanceUpdated') continue;
    const provider = hex(args.provider);
    const isSole = !callers.has(log.address) || callers.get(log.address) === provider;
    callers.set(log.address, isSole ? provider : undefined);
  }
  return callers;
}

function isSpending({ name, role }: DecodedLog): boolean {
  return role === 'ledger' && name === 'FundSpent';
}

/** Whether a serving contract's log belongs to this spending. */
function isBeside(spending: DecodedLog, other: DecodedLog | undefined, name: string): boolean {
  return (
    other?.name === name &&
    hex(other.log.address) === hex(spending.args.service) &&
    other.args.user === spending.args.user
  );
}
