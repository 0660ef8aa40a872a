import type { CanonicalEvent, StakeChangeKind } from '../../events/CanonicalEvent.js';
import type { DecodedLog } from '../../events/logs.js';
import type { Adapter } from '../Adapter.js';

/** Stake is per delegate: what is bonded to it and what it was rewarded, less what left it. */
export const livepeerAdapter: Adapter = {
  protocol: 'livepeer',
  adapt: (transaction) => transaction.map((decoded) => ({ decoded, events: meanings[decoded.name]?.(decoded) ?? [] })),
};

type Meaning = (decoded: DecodedLog) => readonly CanonicalEvent[];

const ZERO_ADDRESS = '0x0000000000000000000000000000000000000000';

const meanings: Readonly<Record<string, Meaning>> = {
  TranscoderUpdate: ({ args }) => [
    {
      kind: 'providerUpdated',
      provider: address(args.transcoder),
      // Parts per million, as the contract keeps them.
      attributes: {
        owner: address(args.transcoder),
        terms: { rewardCutPpm: text(args.rewardCut), feeSharePpm: text(args.feeShare) },
      },
    },
  ],
  TranscoderActivated: ({ args }) => [
    {
      kind: 'providerUpdated',
      provider: address(args.transcoder),
      attributes: { owner: address(args.transcoder), active: true },
    },
  ],
  TranscoderDeactivated: ({ args }) => [
    { kind: 'providerUpdated', provider: address(args.transcoder), attributes: { active: false } },
  ],
  ServiceURIUpdate: ({ args }) => [
    { kind: 'providerUpdated', provider: address(args.addr), attributes: { uri: String(args.serviceURI) } },
  ],
  Bond: toBond,
  Unbond: ({ args }) => [stake('unlocking', args.delegator, args.amount, { provider: args.delegate, sign: -1n })],
  Rebond: ({ args }) => [stake('locked', args.delegator, args.amount, { provider: args.delegate, sign: 1n })],
  // Between an Unbond and a Rebond of the same amount, which carry the effect on the delegates.
  TransferBond: ({ args }) => [stake('moved', args.newDelegator, args.amount)],
  WithdrawStake: ({ args }) => [stake('withdrawn', args.delegator, args.amount)],
  Reward: ({ args }) => [stake('rewarded', args.transcoder, args.amount, { provider: args.transcoder, sign: 1n })],
  // The delegate's total grew at Reward already; this books a delegator's share of it.
  EarningsClaimed: ({ args }) =>
    args.rewards === 0n || args.delegate === ZERO_ADDRESS
      ? []
      : [stake('credited', args.delegator, args.rewards, { provider: args.delegate, sign: 0n })],
  TranscoderSlashed: ({ args }) => [
    stake('slashed', args.transcoder, args.penalty, { provider: args.transcoder, sign: -1n }),
  ],
  WithdrawFees: ({ args }) => [
    { kind: 'paid', role: 'withdrawal', recipient: address(args.recipient), amount: args.amount as bigint },
  ],
  // The ETH that really moved; a ticket's face value is only promised.
  WinningTicketTransfer: ({ args }) => [
    {
      kind: 'paid',
      role: 'provider',
      provider: address(args.recipient),
      payer: address(args.sender),
      recipient: address(args.recipient),
      amount: args.amount as bigint,
    },
  ],
};

/** `bondedAmount` is the delegator's whole bond after the call: all of it follows a change of delegate. */
function toBond({ args }: DecodedLog): readonly CanonicalEvent[] {
  const added = args.additionalAmount as bigint;
  const carried = (args.bondedAmount as bigint) - added;
  const events: CanonicalEvent[] = [];
  if (added > 0n) events.push(stake('locked', args.delegator, added, { provider: args.newDelegate, sign: 1n }));
  if (args.oldDelegate !== args.newDelegate && carried > 0n) {
    events.push(stake('moved', args.delegator, carried, { provider: args.oldDelegate, sign: -1n }));
    events.push(stake('moved', args.delegator, carried, { provider: args.newDelegate, sign: 1n }));
  }
  return events;
}

/**
 * Stake bonded to nobody (a Rebond after TransferBond to a wallet without a delegate) is nobody's: it becomes a
 * provider's when a later Bond names one.
 */
function stake(
  change: StakeChangeKind,
  account: unknown,
  amount: unknown,
  effect?: { readonly provider: unknown; readonly sign: -1n | 0n | 1n },
): CanonicalEvent {
  const movement = { kind: 'stakeChanged', change, account: address(account), amount: amount as bigint } as const;
  if (!effect || effect.provider === ZERO_ADDRESS) return { ...movement, delta: 0n };
  return { ...movement, delta: effect.sign * (amount as bigint), provider: address(effect.provider) };
}

function address(value: unknown): string {
  return String(value).toLowerCase();
}

function text(value: unknown): string {
  return String(value);
}
