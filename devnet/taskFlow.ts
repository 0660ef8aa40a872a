import type { Hex } from 'viem';
import { addVote, dropGroup, toWeight } from './consensus.js';
import type { Contribution, Deal, Task, TaskTurn } from './marketState.js';
import { earn, getPool, refund } from './membership.js';
import { toSalt } from './orders.js';
import { faultyWorkers } from './scenario.js';

/**
 * A task's way through the hub: waiting → active → revealing → done, with the contracts' own deadlines (contribution
 * 7×, reveal 2×, final 10× the category's reference time, counted from the deal). A step whose time has passed, say
 * because the machine slept, is left out, and the task ends by `claim`.
 */
export function initialize(turn: TaskTurn): void {
  const { task, deal } = turn;
  if (task.status !== 'waiting') return;
  turn.act({ kind: 'initialize', pool: deal.pool, dealId: deal.id, index: task.index });
  task.status = 'active';
  task.round = 1;
  const patienceS = turn.state.live ? turn.random.int(20, 120) : turn.random.int(120, 3600);
  turn.later(Math.max(0, toFinalEnd(deal) - turn.now) + patienceS, { kind: 'claim', taskId: task.id });
  if (task.fate !== 'abandoned') assign(turn);
}

export function work(turn: TaskTurn, worker: number): void {
  const { task, deal } = turn;
  task.pending = task.pending.filter((other) => other !== worker);
  if (task.status !== 'active' || turn.now >= toContributionEnd(deal)) return;
  const digest = toDigest(turn, worker);
  if (task.fate === 'fast') {
    turn.act({ kind: 'contributeAndFinalize', pool: deal.pool, worker, taskId: task.id, digest });
    share(turn, [worker]);
    close(turn);
    return;
  }
  turn.act({ kind: 'contribute', pool: deal.pool, worker, taskId: task.id, digest });
  task.contributions.push({ worker, digest, state: 'contributed' });
  const weight = toWeight(turn.state.scores[worker] ?? 0);
  if (addVote(task.tally, { digest, weight, trust: deal.trust })) startReveal(turn, digest);
  else if (task.pending.length === 0) assign(turn);
}

export function reveal(turn: TaskTurn, worker: number): void {
  const { task, deal } = turn;
  const mine = listWinners(task).find((winner) => winner.worker === worker && winner.state === 'contributed');
  if (task.status !== 'revealing' || !mine || turn.now >= (task.revealEndsAt ?? 0)) return;
  turn.act({ kind: 'reveal', worker, taskId: task.id, digest: mine.digest });
  mine.state = 'revealed';
  if (listWinners(task).some((winner) => winner.state !== 'revealed')) return;
  const promptS = turn.state.live ? turn.random.int(2, 8) : turn.random.int(20, 240);
  turn.later(Math.min(promptS, deal.timeRefS), { kind: 'finalize', taskId: task.id, round: task.round });
}

/** The time to reveal is over: whoever revealed is paid; if nobody did, the task opens again. */
export function revealEnd(turn: TaskTurn, round: number): void {
  const { task, deal } = turn;
  if (task.status !== 'revealing' || task.round !== round || task.fate === 'silent') return;
  if (listWinners(task).some((winner) => winner.state === 'revealed')) {
    finalize(turn, round);
    return;
  }
  if (turn.now >= toFinalEnd(deal)) return;
  turn.act({ kind: 'reopen', pool: deal.pool, taskId: task.id });
  for (const winner of listWinners(task)) winner.state = 'rejected';
  dropGroup(task.tally, task.consensus ?? '');
  task.status = 'active';
  task.round += 1;
  task.consensus = undefined;
  if (task.fate === 'reopened') task.fate = 'steps';
  assign(turn);
}

export function finalize(turn: TaskTurn, round: number): void {
  const { task, deal } = turn;
  if (task.status !== 'revealing' || task.round !== round || turn.now >= toFinalEnd(deal)) return;
  turn.act({ kind: 'finalize', pool: deal.pool, taskId: task.id });
  const { scores } = turn.state;
  for (const { worker, state } of task.contributions) {
    const score = scores[worker] ?? 0;
    if (state !== 'revealed') scores[worker] = Math.floor((score * 2) / 3);
    else if (task.contributions.length > 1) scores[worker] = score + 1;
  }
  share(
    turn,
    task.contributions.flatMap(({ worker, state }) => (state === 'revealed' ? [worker] : [])),
  );
  close(turn);
}

/** The final deadline has passed without a result: the buyer takes the price back, the pool loses its stake. */
export function claim(turn: TaskTurn): void {
  const { task, deal } = turn;
  turn.act({ kind: 'claim', requester: deal.requester, taskId: task.id });
  refund(turn, deal.payer, deal.taskPriceNrlc);
  close(turn);
}

/** Gives the task to as many workers as a unanimous vote still needs, or to one more when they disagreed. */
function assign(turn: TaskTurn): void {
  const { random, state, task, deal } = turn;
  const busy = new Set([...task.pending, ...task.contributions.map((contribution) => contribution.worker)]);
  const free = getPool(deal.pool).workers.filter((worker) => !busy.has(worker));
  const trial = { total: 1, groups: {} };
  let agreed = false;
  while (free.length > 0 && !agreed) {
    const worker = random.pick(free);
    free.splice(free.indexOf(worker), 1);
    const weight = toWeight(state.scores[worker] ?? 0);
    agreed = addVote(trial, { digest: '', weight, trust: deal.trust }) || task.tally.total > 1;
    task.pending.push(worker);
    turn.later(toWorkS(turn), { kind: 'work', taskId: task.id, worker });
  }
}

function startReveal(turn: TaskTurn, consensus: Hex): void {
  const { task } = turn;
  const { timeRefS } = turn.deal;
  task.status = 'revealing';
  task.consensus = consensus;
  task.revealEndsAt = turn.now + 2 * timeRefS;
  turn.later(2 * timeRefS + 30, { kind: 'revealEnd', taskId: task.id, round: task.round });
  if (task.fate === 'silent' || task.fate === 'reopened') return;
  for (const { worker } of listWinners(task)) {
    const promptS = turn.state.live ? turn.random.int(2, 10) : turn.random.int(20, Math.min(600, timeRefS));
    turn.later(promptS, { kind: 'reveal', taskId: task.id, worker });
  }
}

/** Triangular around 0.6 of the reference time; live tasks take half a minute. */
function toWorkS(turn: TaskTurn): number {
  const { random, deal } = turn;
  const part = random.next() + random.next();
  const { pace } = getPool(deal.pool);
  return Math.ceil(turn.state.live ? 8 + 22 * part * pace : deal.timeRefS * (0.15 + 0.45 * part) * pace);
}

function toDigest({ task, deal, random }: TaskTurn, worker: number): Hex {
  const wrong = deal.trust > 1 && random.chance(faultyWorkers[worker] ?? 0);
  return wrong ? toSalt('wrong', task.id, worker) : toSalt('result', task.id);
}

/** Books what the pool's price brings, in equal parts: a little less than the contracts pay, never more. */
function share(turn: TaskTurn, workers: readonly number[]): void {
  const { deal } = turn;
  const rewardPercent = BigInt(turn.state.rewardPercents[deal.pool] ?? 0);
  earn(turn, getPool(deal.pool).owner, (deal.poolPriceNrlc * rewardPercent) / 200n);
  const forWorkers = (deal.poolPriceNrlc * (100n - rewardPercent)) / 100n;
  for (const worker of workers) earn(turn, worker, forWorkers / BigInt(2 * workers.length));
}

function close({ task, deal, state }: TaskTurn): void {
  task.status = 'done';
  delete state.tasks[task.id];
  deal.openTasks -= 1;
  if (deal.openTasks === 0) delete state.deals[deal.id];
}

function listWinners(task: Task): Contribution[] {
  return task.contributions.filter(({ digest, state }) => digest === task.consensus && state !== 'rejected');
}

function toContributionEnd(deal: Deal): number {
  return deal.startsAt + 7 * deal.timeRefS;
}

function toFinalEnd(deal: Deal): number {
  return deal.startsAt + 10 * deal.timeRefS;
}
