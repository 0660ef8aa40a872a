import { type Job, type Turn, toDelayS } from './gpuMarketState.js';
import { habits, rules } from './habits.js';
import { getNodeState, getProviderState, getTask } from './lookups.js';
import { releaseBond } from './stake.js';

/** What follows when a task is over, in the contract's own arithmetic: pay, bonds, slashes, and what the buyer gets back. */

const bps = 10_000n;

export function toCost(priceWei: bigint, gpuSeconds: number): bigint {
  return (priceWei * BigInt(gpuSeconds)) / 3_600n;
}

/** The call that pays was made by whoever decided it. */
export function payTask(turn: Turn, job: Job, index: number): void {
  const { state } = turn;
  const task = getTask(job, index);
  const costWei = toCost(job.priceWei, task.gpuSeconds);
  const feeWei = (costWei * job.feeBps) / bps;
  job.escrowWei -= costWei;
  state.treasuryWei += feeWei;
  getProviderState(state, job.provider).ledger.paidWei += costWei - feeWei;
  task.status = 'paid';
  releaseBond(turn, { job, index, slashedWei: 0n });
  endJob(turn, job);
}

/** For every reason of the market's own the provider pays with a part of its bond. */
export function failTask(
  turn: Turn,
  { job, index, isPunished }: { readonly job: Job; readonly index: number; readonly isPunished: boolean },
): void {
  const { state, random, now } = turn;
  const task = getTask(job, index);
  if (task.status === 'assigned' || task.status === 'running') getNodeState(state, task.node).busy = false;
  task.status = 'failed';
  getProviderState(state, job.provider).ledger.tasksFailed += 1;
  task.retried =
    !isPunished && task.round < 2 && !job.closed && now < job.deadline && random.chance(habits.retriedShare);
  releaseBond(turn, { job, index, slashedWei: isPunished ? (rules.minimumStakeWei * rules.slashBps) / bps : 0n });
  endJob(turn, job);
}

/** The buyer gets back what no task cost. */
export function close(turn: Turn, job: Job): void {
  if (!isOver(job) || job.escrowWei === 0n) return;
  turn.act(job.buyer, 'closeJob', [BigInt(job.id)]);
  delete turn.state.jobs[job.id];
}

/** The deadline has passed: what was not delivered has failed, what is still contested stays in escrow. */
export function expire(turn: Turn, job: Job): void {
  const { state } = turn;
  if (isOver(job) && job.escrowWei === 0n) return;
  turn.act(job.buyer, 'closeJob', [BigInt(job.id)]);
  job.closed = true;
  let owedWei = 0n;
  for (const [index, task] of job.tasks.entries()) {
    task.retried = false;
    if (task.status === 'assigned' || task.status === 'running') failTask(turn, { job, index, isPunished: true });
    else if (task.status === 'open') {
      task.status = 'failed';
      if (job.accepted) getProviderState(state, job.provider).ledger.tasksFailed += 1;
    } else if (task.status !== 'paid' && task.status !== 'failed') owedWei += toCost(job.priceWei, task.gpuSeconds);
  }
  job.escrowWei = owedWei;
  if (isOver(job)) delete state.jobs[job.id];
}

/** Once every task is over, the buyer closes the job when there is something to get back. */
function endJob(turn: Turn, job: Job): void {
  const failed = job.tasks.some(({ retried }) => retried);
  if (failed)
    turn.later(toDelayS(turn, { history: [300, 1_800], live: [5, 20] }), {
      ...{ kind: 'dispatch', provider: job.provider },
    });
  if (!isOver(job)) return;
  if (job.escrowWei === 0n) delete turn.state.jobs[job.id];
  else turn.later(toDelayS(turn, { history: [600, 3_600], live: [10, 60] }), { kind: 'close', job: job.id });
}

function isOver(job: Job): boolean {
  return job.tasks.every(({ status, retried }) => status === 'paid' || (status === 'failed' && !retried));
}
