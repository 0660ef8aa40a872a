import { accounts } from './cast.js';
import { type Job, type Turn, toDelayS } from './gpuMarketState.js';
import { habits, rules, type Verdict, verdicts } from './habits.js';
import { getProvider, getProviderState, getTask, hasPassed, isStaged, toAccount } from './lookups.js';
import { failTask, payTask } from './settlement.js';

/** The verifier looks at what was delivered of a job, and accepts all that is good in one go. */
export function judge(turn: Turn, job: Job): void {
  const accepted = new Map<number, number[]>();
  for (const [index, task] of job.tasks.entries()) {
    if (task.status !== 'completed' || task.isJudged) continue;
    task.isJudged = true;
    const acceptedBy = judgeTask(turn, job, index);
    if (acceptedBy !== undefined) accepted.set(acceptedBy, [...(accepted.get(acceptedBy) ?? []), index]);
  }
  for (const [account, indexes] of accepted) {
    turn.act(account, 'verifyTasks', [BigInt(job.id), indexes, true]);
    for (const index of indexes) payTask(turn, job, index);
  }
}

/** Who accepts it, if somebody does. */
function judgeTask(turn: Turn, job: Job, index: number): number | undefined {
  const { now, state } = turn;
  const task = getTask(job, index);
  const attempt = { task: index, round: task.round };
  const subject = [BigInt(job.id), [index]] as const;
  const verdict = pickVerdict(turn, job);
  const isLate = now > task.since + rules.verdictS;
  if (verdict === 'unattended') {
    turn.later(task.since + rules.verdictS + 60 - now, { kind: 'settle', job: job.id, attempt });
    return undefined;
  }
  if (verdict === 'rejected') {
    turn.act(accounts.verifier, 'verifyTasks', [...subject, false]);
    Object.assign(task, { status: 'rejected', since: now });
    getProviderState(state, job.provider).ledger.tasksCompleted -= 1;
    turn.later(toDelayS(turn, { history: [600, 3_600], live: [20, 90] }), {
      ...{ kind: 'appeal', job: job.id, attempt },
    });
    return undefined;
  }
  if (verdict === 'disputed' && !isLate) {
    turn.act(job.buyer, 'disputeTasks', [...subject]);
    openDispute(turn, job, index);
    return undefined;
  }
  return verdict === 'acceptedByBuyer' ? job.buyer : accounts.verifier;
}

/** Who delivers honest work disputes a rejection; the others let it become final. */
export function appeal(turn: Turn, job: Job, index: number): void {
  const { now, random } = turn;
  const task = getTask(job, index);
  if (task.status !== 'rejected') return;
  const end = task.since + rules.verdictS;
  if (isHonest(turn, job.provider) && now <= end && random.chance(habits.appealShare)) {
    turn.act(toAccount(job.provider), 'disputeTasks', [BigInt(job.id), [index]]);
    openDispute(turn, job, index);
    return;
  }
  turn.later(Math.max(0, end + 60 - now), { kind: 'settle', job: job.id, attempt: { task: index, round: task.round } });
}

export function resolve(turn: Turn, job: Job, index: number): void {
  const task = getTask(job, index);
  if (task.status !== 'disputed') return;
  const forProvider = turn.random.chance(getShareOfWins(turn, job));
  turn.act(accounts.arbiter, 'resolveDisputes', [BigInt(job.id), [index], forProvider]);
  if (!forProvider) {
    failTask(turn, { job, index, isPunished: true });
    return;
  }
  getProviderState(turn.state, job.provider).ledger.tasksCompleted += 1;
  payTask(turn, job, index);
}

/** Nobody contested it in time: a completion is paid, a rejection is final. Whoever gains by it says so. */
export function settle(turn: Turn, job: Job, index: number): void {
  const task = getTask(job, index);
  const isCompleted = task.status === 'completed';
  if (!isCompleted && task.status !== 'rejected') return;
  const account = isCompleted ? toAccount(job.provider) : job.buyer;
  turn.act(account, 'settleTasks', [BigInt(job.id), [index]]);
  if (isCompleted) payTask(turn, job, index);
  else failTask(turn, { job, index, isPunished: true });
}

function openDispute(turn: Turn, job: Job, index: number): void {
  const task = getTask(job, index);
  if (task.status === 'completed') getProviderState(turn.state, job.provider).ledger.tasksCompleted -= 1;
  Object.assign(task, { status: 'disputed', since: turn.now });
  const attempt = { task: index, round: task.round };
  turn.later(toDelayS(turn, { history: [7_200, 43_200], live: [60, 240] }), { kind: 'resolve', job: job.id, attempt });
}

/** The arbiter sees through a slanderer. */
function getShareOfWins(turn: Turn, job: Job): number {
  if (job.buyer === accounts.slanderer) return 1;
  return isHonest(turn, job.provider) ? habits.honestWins : habits.slashedWins;
}

function pickVerdict(turn: Turn, job: Job): Verdict {
  return verdicts[turn.random.pickByWeight(listWeights(turn, job))] ?? 'verified';
}

function listWeights({ state, now }: Turn, job: Job): readonly number[] {
  const { conduct, turnsAt } = getProvider(job.provider);
  if (job.buyer === accounts.slanderer) return [0, 0, 0, 0, 1];
  // Only the buyers that a provider has of its own ever see what it delivers to them.
  if (isStaged(job)) return [0, 1, 0, 0, 0];
  if (conduct === 'milking') return habits.faultlessVerdicts;
  if (conduct === 'overPromising') return habits.overPromisingVerdicts;
  return hasPassed(state, now, turnsAt) ? habits.slashedVerdicts : habits.honestVerdicts;
}

function isHonest({ state, now }: Turn, provider: number): boolean {
  const { conduct, turnsAt } = getProvider(provider);
  return conduct !== 'overPromising' && !hasPassed(state, now, turnsAt);
}
