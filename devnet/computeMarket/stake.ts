import type { Hex } from 'viem';
import { wholeProvider } from './calls.js';
import type { Job, Stake, Turn } from './gpuMarketState.js';
import { habits, rules } from './habits.js';
import { getNode, getNodeState, getProviderState, getTask, toAccount } from './lookups.js';

/** What secures the work: each task in progress binds a minimum stake, and a part of it is lost where the task is. */

/** `stakes`: how many minimum stakes. */
export function lock(
  turn: Turn,
  { provider, nodeId, stake, stakes }: { provider: number; nodeId: Hex; stake: Stake; stakes: number },
): void {
  const amountWei = rules.minimumStakeWei * BigInt(stakes);
  turn.act(toAccount(provider), 'lockStake', [nodeId], amountWei);
  stake.lockedWei += amountWei;
}

/** As the contract does: the node's own stake comes first; undefined when neither has enough left. */
export function takeBond({ state }: Turn, node: number): boolean | undefined {
  const own = getNodeState(state, node).stake;
  const whole = getProviderState(state, getNode(node).provider).stake;
  const stake = [own, whole].find(({ lockedWei, bondedWei }) => lockedWei - bondedWei >= rules.minimumStakeWei);
  if (!stake) return undefined;
  stake.bondedWei += rules.minimumStakeWei;
  return stake === own;
}

export function releaseBond(
  turn: Turn,
  { job, index, slashedWei }: { readonly job: Job; readonly index: number; readonly slashedWei: bigint },
): void {
  const { state } = turn;
  const { node, ownBond } = getTask(job, index);
  const nodeState = getNodeState(state, node);
  const providerState = getProviderState(state, job.provider);
  const stake = ownBond ? nodeState.stake : providerState.stake;
  nodeState.openTasks -= 1;
  stake.bondedWei -= rules.minimumStakeWei;
  stake.lockedWei -= slashedWei;
  state.treasuryWei += slashedWei;
  providerState.ledger.slashedWei += slashedWei;
  if (slashedWei > 0n && !providerState.hasLeft) topUp(turn, { job, index });
}

/** Who was slashed puts down more before it can take on nothing any more. */
function topUp(turn: Turn, { job, index }: { readonly job: Job; readonly index: number }): void {
  const { node, ownBond } = getTask(job, index);
  const stake = ownBond ? getNodeState(turn.state, node).stake : getProviderState(turn.state, job.provider).stake;
  if (stake.lockedWei - stake.bondedWei >= rules.minimumStakeWei * BigInt(habits.topUpBelow)) return;
  const nodeId = ownBond ? getNode(node).id : wholeProvider;
  lock(turn, { provider: job.provider, nodeId, stake, stakes: habits.topUpBy });
}
