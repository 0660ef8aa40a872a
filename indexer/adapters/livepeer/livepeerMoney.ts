import type { CanonicalEvent, EscrowChangeKind } from '../../events/CanonicalEvent.js';
import { hex } from '../values.js';
import { type Meanings } from './Meaning.js';

/** ETH that leaves the protocol, of what tickets paid before. */
export const feeMeanings: Meanings = {
  WithdrawFees: ({ args }) => [
    { kind: 'paid', role: 'withdrawal', recipient: hex(args.recipient), amount: args.amount as bigint },
  ],
};

/**
 * A gateway's money is its deposit and its reserve together. A ticket pays out of the deposit and, where that falls short,
 * out of the reserve: WinningTicketTransfer is the whole of it, ReserveClaimed before it a part, and the face value that
 * WinningTicketRedeemed tells is only promised. Neither of these two moves money of its own.
 */
export const ticketMeanings: Meanings = {
  DepositFunded: ({ args }) => toEscrow('deposited', args.sender, args.amount as bigint),
  ReserveFunded: ({ args }) => toEscrow('deposited', args.reserveHolder, args.amount as bigint),
  WinningTicketTransfer: ({ args }) => [
    {
      kind: 'paid',
      role: 'provider',
      provider: hex(args.recipient),
      payer: hex(args.sender),
      recipient: hex(args.recipient),
      amount: args.amount as bigint,
    },
    ...toEscrow('spent', args.sender, -(args.amount as bigint)),
  ],
  Withdrawal: ({ args }) => toEscrow('withdrawn', args.sender, -((args.deposit as bigint) + (args.reserve as bigint))),
};

/** Both funds are filled by one call, often one of them by nothing. */
function toEscrow(change: EscrowChangeKind, account: unknown, delta: bigint): readonly CanonicalEvent[] {
  if (delta === 0n) return [];
  const amount = delta < 0n ? -delta : delta;
  return [{ kind: 'escrowChanged', change, account: hex(account), amount, delta }];
}
