import { keccak256, stringToHex } from 'viem';
import { toRhythm } from '../rhythm.js';
import { accounts, type GpuKey, gpus, nodes } from './cast.js';
import { type Job, type Turn, toDelayS, type Work } from './gpuMarketState.js';
import { habits } from './habits.js';
import { getNode, getNodeState, getProvider, getProviderState, isPlanted, listNodes, washTrader } from './lookups.js';
import { toCost } from './settlement.js';
import { toUsualMilli } from './toUsualMilli.js';

const dayS = 86_400;
const gpuKeys = Object.keys(gpus) as GpuKey[];

/** History: rolls the dice for the jobs of the coming hour. */
export function planHour(turn: Turn): void {
  const { state, now, random } = turn;
  if (now + 3600 <= state.endsAt) turn.later(3600, { kind: 'hour' });
  const progress = (now - state.startsAt) / (state.endsAt - state.startsAt);
  const growth = habits.growth.from + (habits.growth.to - habits.growth.from) * progress;
  const expected = (habits.jobsPerDay / 24) * growth * toRhythm(now);
  for (let throws = 0; throws < 4; throws++) {
    if (random.chance(expected / 4)) turn.later(random.int(0, 3540), { kind: 'job' });
  }
}

/** Live jobs are many while someone is likely to watch, then few, for anvil keeps every block in memory. */
export function awaitBuyer(turn: Turn): void {
  const [from, to] = turn.now < (turn.state.busyUntil ?? 0) ? habits.busyGapS : habits.calmGapS;
  turn.later(turn.random.int(from, to), { kind: 'arrival' });
}

/** A buyer wants a model of GPU and takes one of the offers for it, a cheap one rather than a dear one. */
export function placeJob(turn: Turn): void {
  const { random } = turn;
  const buyer = drawBuyer(turn);
  const gpu = gpuKeys[random.pickByWeight(gpuKeys.map((key) => gpus[key].weight))] ?? 'h100';
  const offers = listOffers(turn, gpu);
  const work = drawWork(turn);
  const position =
    offers.length > 0 ? offers[random.pickByWeight(offers.map(({ weight }) => weight))]?.position : undefined;
  if (position !== undefined) openJob(turn, { buyer, position, ...work });
}

export function drawBuyer({ random }: Turn): number {
  return accounts.buyers[random.pickByWeight(accounts.buyerWeights)] ?? accounts.buyers[0];
}

export function drawWork({ random, state }: Turn): Work {
  const taskCount = 1 + random.pickByWeight(habits.volumeWeights);
  const isShort = state.live && !random.chance(habits.longShare);
  const hours = habits.workHours[random.pickByWeight(habits.workHourWeights)] ?? 1;
  const workS = isShort ? random.int(25, 80) : Math.round(hours * random.int(2_700, 4_500));
  return { taskCount, workS, isDeclined: random.chance(habits.declinedShare) };
}

/** The provider's own buyers take its offers, a small job each time, around the clock. */
export function wash(turn: Turn): void {
  const { random, state } = turn;
  const [from, to] = habits.washHours;
  turn.later(random.int(from * 60, to * 60) * 60, { kind: 'wash' });
  const free = listNodes(washTrader).filter((position) => !getNodeState(state, position).busy);
  const buyer = random.pick(accounts.ring);
  const workS = random.int(900, 2_400);
  if (free.length === 0) return;
  openJob(turn, { buyer, position: random.pick(free), taskCount: random.int(1, 2), workS, isDeclined: false });
}

/** The buyer thinks better of a job that nobody has taken. */
export function cancel(turn: Turn, job: Job): void {
  if (job.accepted) return;
  turn.act(job.buyer, 'closeJob', [BigInt(job.id)]);
  delete turn.state.jobs[job.id];
}

function listOffers({ state, now }: Turn, gpu: GpuKey): { readonly position: number; readonly weight: number }[] {
  const usual = toUsualMilli(state, now, gpu);
  const jobs = Object.values(state.jobs);
  return nodes.flatMap((node, position) => {
    const priceWei = state.nodes[position]?.priceWei ?? 0n;
    if (node.gpu !== gpu || priceWei === 0n || node.provider === washTrader) return [];
    if (isPlanted(getProvider(node.provider))) return [];
    const taken = jobs.filter(({ provider }) => provider === node.provider).length;
    if (taken >= habits.maxJobs || getProviderState(state, node.provider).hasLeft) return [];
    const cheapness = Math.min(habits.maxCheapness, usual / (Number(priceWei) / 1e15));
    return [{ position, weight: getProvider(node.provider).weight * cheapness * cheapness }];
  });
}

interface Order extends Work {
  readonly buyer: number;
  readonly position: number;
}

export function openJob(turn: Turn, { buyer, position, taskCount, workS, isDeclined }: Order): void {
  const { state, now } = turn;
  const { id: nodeId, provider, gpuCount } = getNode(position);
  const { priceWei } = getNodeState(state, position);
  const id = ++state.jobCount;
  const gpuSecondsPerTask = gpuCount * Math.ceil((workS * (100 + habits.marginPercent)) / 100);
  // Live jobs have time enough to outlast a machine that is switched off for some days.
  const deadline = now + (state.live ? 7 * dayS : dayS + 2 * workS * taskCount);
  const escrowWei = BigInt(taskCount) * toCost(priceWei, gpuSecondsPerTask);
  const terms = {
    nodeId,
    specHash: keccak256(stringToHex(`job ${state.seed} ${id}`)),
    taskCount,
    gpuSecondsPerTask: BigInt(gpuSecondsPerTask),
    maxPricePerGpuHour: priceWei,
    deadline: BigInt(deadline),
  };
  turn.act(buyer, 'openJob', [terms], escrowWei);
  state.jobs[id] = {
    ...{ id, provider, node: position, buyer, gpuSecondsPerTask, workS, priceWei, feeBps: state.feeBps, deadline },
    ...{ declined: isDeclined, accepted: false, closed: false, escrowWei },
    tasks: Array.from({ length: taskCount }, () => ({
      ...{ status: 'open', round: 0, node: position, since: now, gpuSeconds: 0 },
      ...{ ownBond: false, fate: 'completes', isJudged: false, retried: false },
    })),
  };
  turn.later(deadline + 1 - now, { kind: 'expire', job: id });
  if (isDeclined)
    turn.later(toDelayS(turn, { history: [3_600, 10_800], live: [120, 300] }), { kind: 'cancel', job: id });
  else turn.later(toDelayS(turn, { history: [60, 1_200], live: [2, 6] }), { kind: 'dispatch', provider });
}
