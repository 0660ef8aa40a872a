import type { CanonicalEvent } from '../../events/CanonicalEvent.js';
import type { DecodedLog } from '../../events/logs.js';
import { hex } from '../values.js';
import { toSubaccount } from './zerogIds.js';
import type { Settlement } from './zerogSettlements.js';

/** By event; an event that is not listed has no meaning of its own. */
export type Meanings = Readonly<
  Record<string, (decoded: DecodedLog, settlement: Settlement | undefined) => readonly CanonicalEvent[]>
>;

/** What every contract of the protocol says of its rules. */
export const governanceMeanings: Meanings = {
  BeaconUpgraded: (decoded) => [toParameter(decoded, 'beacon', hex(decoded.args.beacon))],
  OwnershipTransferred: (decoded) => [toParameter(decoded, 'owner', hex(decoded.args.newOwner))],
};

/** What inference and fine-tuning say alike. */
export const servingMeanings: Meanings = {
  ...governanceMeanings,
  ProviderStaked: ({ args }) => [toStake('locked', args.provider, args.amount as bigint, 1n)],
  ProviderStakeReturned: ({ args }) => [toStake('unlocked', args.provider, args.amount as bigint, -1n)],
  // No money moves here: the account is empty unless the contract's books are not.
  AccountDeleted: (decoded) => {
    const amount = decoded.args.refundedAmount as bigint;
    const whose = toAccount(decoded);
    const gone: CanonicalEvent = { kind: 'balanceStated', of: 'escrow', ...whose, amount: 0n };
    return amount > 0n
      ? [{ kind: 'escrowChanged', change: 'withdrawn', ...whose, amount, delta: -amount }, gone]
      : [gone];
  },
  // After a deposit, a refund that is asked for or had, or a settlement; what waits to be refunded is a part of it.
  BalanceUpdated: (decoded) => [
    { kind: 'balanceStated', of: 'escrow', ...toAccount(decoded), amount: decoded.args.amount as bigint },
  ],
  // Seconds between a buyer's request for a refund and the refund.
  LockTimeUpdated: (decoded) => [toParameter(decoded, 'lockTime', String(decoded.args.newLockTime))],
};

function toAccount({ log, args }: DecodedLog): { readonly account: string; readonly subaccount: string } {
  return { account: hex(args.user), subaccount: toSubaccount(log.address, args.provider) };
}

/** Each contract has rules of its own, and versions of one stand side by side. */
export function toParameter({ log }: DecodedLog, name: string, value: string): CanonicalEvent {
  return { kind: 'parameterChanged', name: `${name}:${log.address}`, value };
}

/** A provider stakes once for each contract it serves at, and has it back when it leaves. */
function toStake(change: 'locked' | 'unlocked', by: unknown, amount: bigint, sign: 1n | -1n): CanonicalEvent {
  const provider = hex(by);
  return { kind: 'stakeChanged', change, account: provider, amount, delta: sign * amount, provider };
}
