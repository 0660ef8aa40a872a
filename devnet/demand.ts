import { zeroAddress, zeroHash } from 'viem';
import { assert } from '../schema/lib/assert.js';
import { toTrust, toWeight } from './consensus.js';
import type { Fate, MarketState, Turn } from './marketState.js';
import { getPool, spend } from './membership.js';
import { toDealId, toSalt, toTaskId, type WorkerpoolOrder } from './orders.js';
import { toRhythm } from './rhythm.js';
import { accounts, apps, categories, datasets, habits, type Pool } from './scenario.js';

const dayS = 86_400;
/** Orders that are signed once and used by many deals hold this many tasks. */
const plenty = 1_000_000_000n;
const open = { tag: zeroHash, requesterrestrict: zeroAddress } as const;

/** History: rolls the dice for the deals of the coming hour. */
export function planHour(turn: Turn): void {
  const { state, now, random } = turn;
  if (now + 3600 <= state.endsAt) turn.later(3600, { kind: 'hour' });
  const progress = (now - state.startsAt) / (state.endsAt - state.startsAt);
  const growth = habits.growth.from + (habits.growth.to - habits.growth.from) * progress;
  const expected = (habits.dealsPerDay / 24) * growth * toRhythm(now);
  // Four throws an hour keep single hours uneven without letting them run away.
  for (let throws = 0; throws < 4; throws++) {
    if (random.chance(expected / 4)) turn.later(random.int(0, 3540), { kind: 'deal' });
  }
}

/** A buyer picks a pool and a category, and the four orders are matched. */
export function placeDeal(turn: Turn): void {
  const { state, random, places } = turn;
  const requester = accounts.requesters[random.pickByWeight(habits.requesterWeights)] ?? accounts.requesters[0];
  const category = state.live ? 0 : random.pickByWeight(categories.map((entry) => entry.weight));
  const timeRefS = categories[category]?.timeRefS ?? 0;
  const replicated = random.chance(habits.replicatedShare);
  const pool = pickPool(turn, replicated);
  const trust = replicated ? pickTrust(turn, getPool(pool)) : 1;
  const app = random.pickByWeight(apps.map((entry) => entry.weight));
  const dataset = random.chance(habits.datasetShare) ? random.int(0, datasets.length - 1) : undefined;
  const volume = 1 + random.pickByWeight(habits.volumeWeights);
  const sponsor = random.chance(habits.sponsoredShare) ? accounts.sponsor : undefined;

  const appOrder = toAppOrder(turn, app);
  const datasetOrder = toDatasetOrder(turn, dataset);
  const workerpoolOrder = offer(turn, pool, category);
  const buyer = places.accounts[requester] ?? zeroAddress;
  const request = {
    app: appOrder.app,
    appmaxprice: appOrder.appprice,
    dataset: datasetOrder.dataset,
    datasetmaxprice: datasetOrder.datasetprice,
    workerpool: workerpoolOrder.workerpool,
    workerpoolmaxprice: workerpoolOrder.workerpoolprice,
    requester: buyer,
    volume: BigInt(volume),
    tag: zeroHash,
    category: BigInt(category),
    trust: BigInt(trust),
    beneficiary: buyer,
    callback: zeroAddress,
    params: `{"iexec_args":"${apps[app]?.args} ${state.dealCount}","iexec_result_storage_provider":"ipfs"}`,
    salt: toSalt('request', state.seed, state.dealCount++),
  };
  const taskPriceNrlc = appOrder.appprice + datasetOrder.datasetprice + workerpoolOrder.workerpoolprice;
  const payer = sponsor ?? requester;
  spend(turn, payer, taskPriceNrlc * request.volume);
  const orders = { app: appOrder, dataset: datasetOrder, workerpool: workerpoolOrder, request };
  turn.act({ kind: 'match', app, dataset, pool, requester, sponsor, orders });

  const id = toDealId(places.hub, request);
  const poolPriceNrlc = workerpoolOrder.workerpoolprice;
  const terms = { id, pool, requester, payer, timeRefS, trust, poolPriceNrlc, taskPriceNrlc };
  state.deals[id] = { ...terms, startsAt: turn.now, openTasks: volume };
  for (let index = 0; index < volume; index++) addTask(turn, { dealId: id, index, pool: getPool(pool), trust });
}

function addTask(turn: Turn, task: { dealId: `0x${string}`; index: number; pool: Pool; trust: number }): void {
  const { dealId, index, pool, trust } = task;
  const id = toTaskId(dealId, index);
  const tally = { total: 1, groups: {} };
  const fate = pickFate(turn, pool, trust);
  turn.state.tasks[id] = {
    id,
    dealId,
    index,
    fate,
    status: 'waiting',
    round: 0,
    pending: [],
    contributions: [],
    tally,
  };
  const promptS = turn.state.live ? turn.random.int(1, 4) : turn.random.int(15, 90);
  turn.later(promptS + index, { kind: 'initialize', taskId: id });
}

function pickFate(turn: Turn, pool: Pool, trust: number): Fate {
  const { random } = turn;
  if (random.chance(pool.failureRate)) return random.chance(habits.abandonedShare) ? 'abandoned' : 'silent';
  if (trust === 1 && random.chance(habits.fastShare)) return 'fast';
  return random.chance(habits.reopenShare) ? 'reopened' : 'steps';
}

function pickPool(turn: Turn, replicated: boolean): number {
  const choice = turn.state.joined.filter((pool) => !replicated || getPool(pool).replicates);
  const chosen = choice[turn.random.pickByWeight(choice.map((pool) => getPool(pool).weight))];
  assert(chosen !== undefined, 'the market has a pool to choose from');
  return chosen;
}

/** The buyer wants a number of replicas and asks for the trust that needs them, given the standing of the workers. */
function pickTrust(turn: Turn, pool: Pool): number {
  const replicas = turn.random.pickByWeight(habits.replicaWeights);
  const weights = pool.workers.map((worker) => toWeight(turn.state.scores[worker] ?? 0)).sort((a, b) => a - b);
  return toTrust(replicas, weights[Math.floor(weights.length / 2)] ?? 2);
}

function toAppOrder(turn: Turn, app: number) {
  const restrictions = { ...open, datasetrestrict: zeroAddress, workerpoolrestrict: zeroAddress };
  const salt = toSalt('app', app);
  return {
    app: turn.places.apps[app] ?? zeroAddress,
    appprice: apps[app]?.priceNrlc ?? 0n,
    volume: plenty,
    ...restrictions,
    salt,
  };
}

function toDatasetOrder(turn: Turn, dataset: number | undefined) {
  const restrictions = { ...open, apprestrict: zeroAddress, workerpoolrestrict: zeroAddress };
  if (dataset === undefined) {
    return { dataset: zeroAddress, datasetprice: 0n, volume: 0n, ...restrictions, salt: zeroHash };
  }
  const terms = {
    dataset: turn.places.datasets[dataset] ?? zeroAddress,
    datasetprice: datasets[dataset]?.priceNrlc ?? 0n,
  };
  return { ...terms, volume: plenty, ...restrictions, salt: toSalt('dataset', dataset) };
}

/** The pool's order for a category in the current price epoch; published on chain when it is used first. */
function offer(turn: Turn, pool: number, category: number): WorkerpoolOrder {
  const { state, places } = turn;
  const epoch = Math.floor((turn.now - state.startsAt) / (habits.offerDays * dayS));
  const order = {
    workerpool: places.pools[pool] ?? zeroAddress,
    workerpoolprice: toPriceNrlc(state, { pool, category, epoch }),
    volume: plenty,
    category: BigInt(category),
    trust: plenty,
    ...open,
    apprestrict: zeroAddress,
    datasetrestrict: zeroAddress,
    salt: toSalt('workerpool', pool, category, epoch),
  };
  if (state.offers[`${pool}:${category}`] !== epoch) {
    state.offers[`${pool}:${category}`] = epoch;
    turn.act({ kind: 'offer', pool, order });
  }
  return order;
}

/** The rate drifts over the history and wobbles by up to 3 % from one epoch to the next. */
function toPriceNrlc(state: MarketState, at: { pool: number; category: number; epoch: number }): bigint {
  const { rateNrlcPerHour, driftBp } = getPool(at.pool);
  const epochs = Math.max(1, Math.floor((state.endsAt - state.startsAt) / (habits.offerDays * dayS)));
  const drift = Math.trunc((driftBp * Math.min(at.epoch, epochs)) / epochs);
  const wobble = (Number.parseInt(toSalt('wobble', at.pool, at.epoch).slice(2, 8), 16) % 601) - 300;
  const perHour = (rateNrlcPerHour * BigInt(10_000 + drift + wobble)) / 10_000n;
  return (perHour * BigInt(categories[at.category]?.timeRefS ?? 0)) / 3600n;
}
