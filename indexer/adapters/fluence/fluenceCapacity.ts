import type { CanonicalEvent, StakeChangeKind } from '../../events/CanonicalEvent.js';
import { findProviderOfPeer } from './fluenceMarket.js';
import { findCommitment } from './fluenceReads.js';
import { isSet, toId } from './fluenceText.js';
import type { LogContext, Meanings } from './Meaning.js';

/**
 * A commitment pledges a peer's capacity for some epochs: somebody stakes FLT on it, proofs show that it is kept, and
 * the FLT comes back less what was slashed. Proofs are of no job, so they have no canonical event; they show as their
 * node's.
 */
export const capacityMeanings: Meanings = {
  CollateralDeposited: (context) => {
    const { stakerAddress, totalCollateral } = context.args;
    return [toStake(context, { change: 'locked', amount: totalCollateral, sign: 1n, account: stakerAddress })];
  },
  CollateralWithdrawn: (context) => {
    const { amountWithdrawn, amountSlashed } = context.args;
    const unlocked = toStake(context, { change: 'unlocked', amount: amountWithdrawn, sign: -1n });
    if (amountSlashed === 0n) return [unlocked];
    return [unlocked, toStake(context, { change: 'slashed', amount: amountSlashed, sign: -1n })];
  },
  RewardWithdrawn: toRewards,
  CommitmentActivated: ({ args }) => {
    const terms = { commitment: toId(args.commitmentId), commitmentEndEpoch: String(args.endEpoch) };
    return [toStatus(args.peerId, { commitmentStatus: 'active', ...terms })];
  },
  CommitmentFailed: (context) => {
    const failedEpoch = String(context.args.failedEpoch);
    return toStatusOf(context, { commitmentStatus: 'failed', commitmentFailedEpoch: failedEpoch });
  },
  CommitmentFinished: (context) => toStatusOf(context, { commitmentStatus: 'finished' }),
};

/**
 * FLT that the pledge earned, paid out: the provider's share and the staker's, of which the form of 2024 names the sum.
 * It never was a part of the stake.
 */
function toRewards(context: LogContext): readonly CanonicalEvent[] {
  const { providerReward, dealStakerRewardsAmount = 0n, amount = providerReward } = context.args;
  const provider = findParties(context).provider;
  const rewarded = toStake(context, { change: 'rewarded', amount, sign: 0n, account: provider });
  if (dealStakerRewardsAmount === 0n) return [rewarded];
  return [rewarded, toStake(context, { change: 'rewarded', amount: dealStakerRewardsAmount, sign: 0n })];
}

interface Effect {
  readonly change: StakeChangeKind;
  readonly amount: unknown;
  readonly sign: -1n | 0n | 1n;
  /** Absent: who staked, or the commitment itself where that is unknown. */
  readonly account?: unknown;
}

function toStake(context: LogContext, { change, amount, sign, account }: Effect): CanonicalEvent {
  const { staker, ...parties } = findParties(context);
  return {
    kind: 'stakeChanged',
    change,
    account: toId(account ?? staker ?? context.args.commitmentId),
    amount: amount as bigint,
    delta: sign * (amount as bigint),
    ...parties,
  };
}

function findParties(context: LogContext) {
  const commitment = findCommitment(context.reads, context.args.commitmentId);
  if (!commitment) return {};
  const staker = isSet(commitment.delegator) ? commitment.delegator : undefined;
  const provider = findProviderOfPeer(context, commitment.peerId);
  return { staker, provider, node: toId(commitment.peerId) };
}

function toStatusOf(context: LogContext, terms: Readonly<Record<string, string>>): readonly CanonicalEvent[] {
  const { reads, args } = context;
  const commitment = findCommitment(reads, args.commitmentId);
  return commitment ? [toStatus(commitment.peerId, { commitment: toId(args.commitmentId), ...terms })] : [];
}

function toStatus(peerId: unknown, terms: Readonly<Record<string, string>>): CanonicalEvent {
  return { kind: 'nodeUpdated', node: toId(peerId), attributes: { terms } };
}
