import type { CanonicalEvent, StakeChangeKind } from '../../events/CanonicalEvent.js';
import type { DecodedLog } from '../../events/logs.js';
import { hex, ZERO_ADDRESS } from '../values.js';
import { type Meanings } from './Meaning.js';

/**
 * Stake adds up both ways. Over an account it is the wallet's bond as the contract keeps it (`bondedAmount`), over a
 * provider what is delegated to it (`delegatedAmount`): the bonds of its delegators, and rewards that none of them has
 * claimed yet. Those are the account of the contract itself, which holds them.
 */
export const stakeMeanings: Meanings = {
  Bond: toBond,
  Unbond: ({ args }) => [toStake('unlocking', args.delegator, -amountOf(args.amount), args.delegate)],
  Rebond: ({ args }) => [toStake('locked', args.delegator, amountOf(args.amount), args.delegate)],
  // Between an Unbond and a Rebond of the same amount, which carry the effect on both wallets and their delegates.
  TransferBond: ({ args }) => [toTransit('moved', args.newDelegator, args.amount)],
  WithdrawStake: ({ args }) => [toTransit('withdrawn', args.delegator, args.amount)],
  Reward: ({ args, log }) => [toStake('rewarded', log.address, amountOf(args.amount), args.transcoder)],
  EarningsClaimed: toClaim,
  TranscoderSlashed: ({ args }) =>
    args.penalty === 0n ? [] : [toStake('slashed', args.transcoder, -amountOf(args.penalty), args.transcoder)],
};

/** `bondedAmount` is the delegator's whole bond after the call: it is stated, and all of it follows a change of delegate. */
function toBond({ args }: DecodedLog): readonly CanonicalEvent[] {
  const added = amountOf(args.additionalAmount);
  const carried = amountOf(args.bondedAmount) - added;
  const events: CanonicalEvent[] = [];
  if (added > 0n) events.push(toStake('locked', args.delegator, added, args.newDelegate));
  if (args.oldDelegate !== args.newDelegate && carried > 0n) {
    events.push(toStake('moved', args.delegator, -carried, args.oldDelegate));
    events.push(toStake('moved', args.delegator, carried, args.newDelegate));
  }
  const amount = amountOf(args.bondedAmount);
  return [...events, { kind: 'balanceStated', of: 'stake', account: hex(args.delegator), amount }];
}

/** The delegate's total grew at Reward already: a share of it passes from the contract to its owner. */
function toClaim({ args, log }: DecodedLog): readonly CanonicalEvent[] {
  const rewards = amountOf(args.rewards);
  if (rewards === 0n || args.delegate === ZERO_ADDRESS) return [];
  return [
    toStake('credited', args.delegator, rewards, args.delegate),
    toStake('moved', log.address, -rewards, args.delegate),
  ];
}

/**
 * Stake bonded to nobody (a Rebond after TransferBond to a wallet without a delegate, until the target of 2022 was
 * replaced) is its wallet's, and no provider's until a later Bond names one.
 */
function toStake(change: StakeChangeKind, account: unknown, delta: bigint, provider: unknown): CanonicalEvent {
  const amount = delta < 0n ? -delta : delta;
  const movement = { kind: 'stakeChanged', change, account: hex(account), amount, delta } as const;
  return provider === ZERO_ADDRESS ? movement : { ...movement, provider: hex(provider) };
}

/** Stake on its way, whose effect on what is bonded another log carries. */
export function toTransit(change: StakeChangeKind, account: unknown, amount: unknown): CanonicalEvent {
  return { kind: 'stakeChanged', change, account: hex(account), amount: amountOf(amount), delta: 0n };
}

function amountOf(value: unknown): bigint {
  return value as bigint;
}
