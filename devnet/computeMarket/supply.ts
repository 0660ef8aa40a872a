import { parseEther } from 'viem';
import { wholeProvider } from './calls.js';
import { accounts, gpus, providers, toHost } from './cast.js';
import type { Turn } from './gpuMarketState.js';
import { feeChange, habits, networkLost } from './habits.js';
import {
  getNode,
  getNodeState,
  getProvider,
  getProviderState,
  isPlanted,
  listNodes,
  toAccount,
  toRecipient,
} from './lookups.js';
import { beginPlots } from './plots.js';
import { failTask } from './settlement.js';
import { lock } from './stake.js';
import { toUsualMilli } from './toUsualMilli.js';
import { dispatch } from './work.js';

const dayS = 86_400;
const milli = 10n ** 15n;
const feeParameter = 0;

/** The market's first moment: everybody's coming and going, and what the owner will do. */
export function openMarket(turn: Turn): void {
  const historyS = turn.state.endsAt - turn.state.startsAt;
  for (const [provider, { joinsAt, leavesAt }] of providers.entries()) {
    const afterS = joinsAt === undefined ? turn.random.int(0, 7_200) : joinsAt * historyS;
    turn.later(afterS, { kind: 'join', provider });
    if (leavesAt !== undefined) turn.later(leavesAt * historyS, { kind: 'leave', provider });
  }
  turn.later(3_600, { kind: 'hour' });
  turn.later(feeChange.at * historyS, { kind: 'fee' });
  turn.later(habits.treasuryDays * dayS, { kind: 'treasury' });
}

export function join(turn: Turn, provider: number): void {
  const { state, random, wallets } = turn;
  const { name, stakesByNode, conduct } = getProvider(provider);
  const account = toAccount(provider);
  const own = listNodes(provider);
  const ledger = { jobs: 0, tasksCompleted: 0, tasksFailed: 0, paidWei: 0n, slashedWei: 0n };
  state.providers[provider] = { stake: { lockedWei: 0n, bondedWei: 0n }, hasLeft: false, ledger };
  const recipient = wallets[toRecipient(provider)] ?? '0x';
  turn.act(account, 'updateProvider', [recipient, name, `https://${toHost(name)}`]);
  const machines = own.map((position) => {
    const { id: nodeId, gpu, gpuCount, vramMib, region, uri } = getNode(position);
    return { nodeId, gpuModel: gpus[gpu].name, gpuCount, vramMib, region, uri };
  });
  turn.act(account, 'updateNodes', [machines]);
  for (const position of own) {
    const stake = { lockedWei: 0n, bondedWei: 0n };
    state.nodes[position] = { priceWei: 0n, paused: false, busy: false, openTasks: 0, stake };
    if (stakesByNode) lock(turn, { provider, nodeId: getNode(position).id, stake, stakes: habits.stakeOfNode });
  }
  // Big providers put down more than they need.
  const stakes = habits.stakeOfProvider + own.length * random.int(4, 14);
  lock(turn, { provider, nodeId: wholeProvider, stake: getProviderState(state, provider).stake, stakes });
  post(turn, provider, own);
  turn.later(random.int(2, habits.repriceDays) * dayS, { kind: 'reprice', provider });
  const [first] = own;
  if (conduct === 'flapping' && first !== undefined) flapLater(turn, first, habits.presentHours);
  if (conduct === 'washTrading') fundRing(turn, account);
  if (isPlanted(getProvider(provider))) beginPlots(turn, provider);
}

/** Withdraws from the market; what was accepted is still worked off. */
export function leave(turn: Turn, provider: number): void {
  const offered = listNodes(provider).filter((position) => getNodeState(turn.state, position).priceWei > 0n);
  getProviderState(turn.state, provider).hasLeft = true;
  if (offered.length > 0) withdraw(turn, provider, offered);
  turn.later(2 * dayS, { kind: 'retire', provider });
}

/** Once nothing is open any more, the nodes are retired and the stake that is left goes home. */
export function retire(turn: Turn, provider: number): void {
  const { state } = turn;
  const own = listNodes(provider);
  const { stake } = getProviderState(state, provider);
  if (own.some((position) => getNodeState(state, position).openTasks > 0)) {
    turn.later(dayS, { kind: 'retire', provider });
    return;
  }
  const account = toAccount(provider);
  turn.act(account, 'retireNodes', [own.map((position) => getNode(position).id)]);
  if (stake.lockedWei === 0n) return;
  turn.act(account, 'unlockStake', [wholeProvider, stake.lockedWei]);
  turn.act(account, 'withdrawStake', [wholeProvider]);
  stake.lockedWei = 0n;
}

export function reprice(turn: Turn, provider: number): void {
  const { state, random } = turn;
  if (getProviderState(state, provider).hasLeft) return;
  const offered = listNodes(provider).filter((position) => getNodeState(state, position).priceWei > 0n);
  if (offered.length > 0) post(turn, provider, offered);
  turn.later(habits.repriceDays * dayS + random.int(-12, 36) * 3_600, { kind: 'reprice', provider });
}

/** The flapping node goes, or comes back. When it goes, most of the time it loses what it works on. */
export function flap(turn: Turn, node: number): void {
  const { state, random } = turn;
  const { provider } = getNode(node);
  const nodeState = getNodeState(state, node);
  nodeState.paused = !nodeState.paused;
  if (!nodeState.paused) {
    post(turn, provider, [node]);
    flapLater(turn, node, habits.presentHours);
    dispatch(turn, provider);
    return;
  }
  withdraw(turn, provider, [node]);
  flapLater(turn, node, habits.awayHours);
  if (!nodeState.busy || !random.chance(habits.lostWorkShare)) return;
  for (const job of Object.values(state.jobs)) {
    const index = job.tasks.findIndex((task) => task.node === node && ['assigned', 'running'].includes(task.status));
    if (index < 0 || turn.now > job.deadline) continue;
    turn.act(toAccount(provider), 'failTasks', [BigInt(job.id), [index], networkLost]);
    failTask(turn, { job, index, isPunished: false });
  }
}

export function changeFee(turn: Turn): void {
  turn.act(accounts.owner, 'setParameter', [feeParameter, feeChange.feeBps]);
  turn.state.feeBps = feeChange.feeBps;
}

/** Once a month the owner takes out fees and slashed stake, in whole coins. */
export function withdrawTreasury(turn: Turn): void {
  const { state, wallets } = turn;
  turn.later(habits.treasuryDays * dayS, { kind: 'treasury' });
  const amountWei = state.treasuryWei - (state.treasuryWei % parseEther('1'));
  if (amountWei === 0n) return;
  turn.act(accounts.owner, 'withdrawTreasury', [wallets[accounts.owner] ?? '0x', amountWei]);
  state.treasuryWei -= amountWei;
}

function post(turn: Turn, provider: number, positions: readonly number[]): void {
  const offers = positions.map((position) => {
    const pricePerGpuHour = toPriceWei(turn, position);
    getNodeState(turn.state, position).priceWei = pricePerGpuHour;
    return { nodeId: getNode(position).id, pricePerGpuHour };
  });
  turn.act(toAccount(provider), 'postOffers', [offers]);
}

function withdraw(turn: Turn, provider: number, positions: readonly number[]): void {
  turn.act(toAccount(provider), 'withdrawOffers', [positions.map((position) => getNode(position).id)]);
  for (const position of positions) getNodeState(turn.state, position).priceWei = 0n;
}

/** The usual price drifts over the history; a provider keeps its distance from it, give or take 2.5 %. */
function toPriceWei({ state, now, random }: Turn, position: number): bigint {
  const { gpu, provider } = getNode(position);
  const milliPerHour = (toUsualMilli(state, now, gpu) * getProvider(provider).priceBp) / 10_000;
  return BigInt(Math.round((milliPerHour * (10_000 + random.int(-250, 250))) / 10_000)) * milli;
}

function flapLater(turn: Turn, node: number, [from, to]: readonly [number, number]): void {
  turn.later(turn.random.int(from * 12, to * 12) * 300, { kind: 'flap', node });
}

/** Its buyers get their coins from the provider itself: plain transfers, for who looks for them. */
function fundRing(turn: Turn, from: number): void {
  for (const to of accounts.ring) turn.send({ kind: 'transfer', from, to, valueWei: parseEther('20000') });
  turn.later(6 * 3_600, { kind: 'wash' });
}
