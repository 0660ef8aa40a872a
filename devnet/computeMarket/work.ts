import { keccak256, stringToHex } from 'viem';
import type { Conduct } from './cast.js';
import { type Attempt, type Job, type Task, type Turn, toDelayS } from './gpuMarketState.js';
import { failures, habits, networkLost, outOfMemory } from './habits.js';
import {
  getNode,
  getNodeState,
  getProvider,
  getProviderState,
  getTask,
  hasPassed,
  isStaged,
  listNodes,
  toAccount,
} from './lookups.js';
import { failTask } from './settlement.js';
import { takeBond } from './stake.js';

/** A provider gives its waiting tasks to the nodes that are free; the first assignment accepts a job. */
export function dispatch(turn: Turn, provider: number): void {
  for (const job of Object.values(turn.state.jobs)) {
    if (job.provider === provider && !job.declined && !job.closed) assign(turn, job);
  }
}

function assign(turn: Turn, job: Job): void {
  const { state, now } = turn;
  const attempts: Attempt[] = [];
  for (const [index, task] of job.tasks.entries()) {
    if (task.status !== 'open' && !task.retried) continue;
    // A provider takes on nothing that it cannot end in time.
    if (now + 2 * job.workS > job.deadline) break;
    const node = findFreeNode(turn, job);
    const ownBond = node === undefined ? undefined : takeBond(turn, node);
    if (node === undefined || ownBond === undefined) break;
    const { ledger } = getProviderState(state, job.provider);
    if (task.retried) ledger.tasksFailed -= 1;
    Object.assign(task, { status: 'assigned', since: now, node, ownBond, retried: false, round: task.round + 1 });
    task.fate = pickFate(turn, job);
    const nodeState = getNodeState(state, node);
    nodeState.busy = true;
    nodeState.openTasks += 1;
    attempts.push({ task: index, round: task.round });
  }
  if (attempts.length === 0) return;
  const indexes = attempts.map(({ task }) => task);
  const nodeIds = indexes.map((index) => getNode(getTask(job, index).node).id);
  turn.act(toAccount(job.provider), 'assignTasks', [BigInt(job.id), indexes, nodeIds]);
  if (!job.accepted) getProviderState(state, job.provider).ledger.jobs += 1;
  job.accepted = true;
  turn.later(toDelayS(turn, { history: [30, 240], live: [2, 8] }), { kind: 'start', job: job.id, attempts });
}

export function start(turn: Turn, job: Job, attempts: readonly Attempt[]): void {
  const { now, random } = turn;
  const ready = attempts.filter(({ task: index, round }) => {
    const task = getTask(job, index);
    return task.round === round && task.status === 'assigned';
  });
  if (ready.length === 0 || now > job.deadline) return;
  turn.act(toAccount(job.provider), 'startTasks', [BigInt(job.id), ready.map(({ task }) => task)]);
  for (const attempt of ready) {
    const task = getTask(job, attempt.task);
    Object.assign(task, { status: 'running', since: now });
    if (task.fate === 'stalls') continue;
    const percent = task.fate === 'completes' ? random.int(80, 115) : random.int(10, 70);
    turn.later(Math.ceil((job.workS * percent) / 100), { kind: 'finish', job: job.id, attempt });
  }
}

export function finish(turn: Turn, job: Job, index: number): void {
  const { now, state } = turn;
  const task = getTask(job, index);
  if (task.status !== 'running' || now > job.deadline) return;
  const account = toAccount(job.provider);
  if (task.fate === 'fails') {
    turn.act(account, 'failTasks', [BigInt(job.id), [index], pickReason(turn, job.provider)]);
    failTask(turn, { job, index, isPunished: false });
  } else {
    const had = (now - task.since) * getNode(task.node).gpuCount;
    const gpuSeconds = Math.min(had, job.gpuSecondsPerTask);
    const proofHash = keccak256(stringToHex(`proof ${state.seed} ${job.id}-${index} ${task.round}`));
    turn.act(account, 'completeTasks', [
      BigInt(job.id),
      [{ taskIndex: index, gpuSeconds: BigInt(gpuSeconds), proofHash }],
    ]);
    Object.assign(task, { status: 'completed', since: now, gpuSeconds, isJudged: false });
    getNodeState(state, task.node).busy = false;
    getProviderState(state, job.provider).ledger.tasksCompleted += 1;
    turn.later(toDelayS(turn, { history: [600, 4_800], live: [4, 20] }), { kind: 'verdict', job: job.id });
  }
  dispatch(turn, job.provider);
}

function findFreeNode({ state }: Turn, job: Job): number | undefined {
  const { gpu } = getNode(job.node);
  return listNodes(job.provider).find((position) => {
    const { busy, paused } = getNodeState(state, position);
    return getNode(position).gpu === gpu && !busy && !paused;
  });
}

function pickFate({ state, now, random }: Turn, job: Job): Task['fate'] {
  const { failureBp, turnsAt, conduct } = getProvider(job.provider);
  const hasTurned = hasPassed(state, now, turnsAt);
  if (hasTurned && conduct === 'milking') return 'fails';
  if (hasTurned && random.chance(habits.stallShare)) return 'stalls';
  const isFailing = random.int(1, 10_000) <= failureBp;
  return isFailing && !isStaged(job) ? 'fails' : 'completes';
}

function pickReason({ random }: Turn, provider: number): number {
  const ofConduct: Partial<Record<Conduct, number>> = { overPromising: outOfMemory, flapping: networkLost };
  const drawn = failures.reasons[random.pickByWeight(failures.weights)] ?? failures.reasons[0];
  return ofConduct[getProvider(provider).conduct] ?? drawn;
}
