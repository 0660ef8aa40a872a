import { assert } from '../../schema/lib/assert.js';
import { accounts, type CastNode, type Conduct, nodes, type Provider, providers } from './cast.js';
import type { GpuMarketState, Job, NodeState, ProviderState, Task } from './gpuMarketState.js';

/** Positions in the cast of those who do not act like the rest. */
export const washTrader = providers.findIndex(({ conduct }) => conduct === 'washTrading');
/** Each buys from the one before it, and the first from the last. */
export const circle = listByConduct('circular');
export const slandered = getPosition('Wicker Render');
const firstPlanted = providers.findIndex((provider) => isPlanted(provider));

export function getProvider(position: number): Provider {
  const found = providers[position];
  assert(found, `the cast has a provider ${position}`);
  return found;
}

export function getNode(position: number): CastNode {
  const found = nodes[position];
  assert(found, `the cast has a node ${position}`);
  return found;
}

export function getProviderState(state: GpuMarketState, position: number): ProviderState {
  const found = state.providers[position];
  assert(found, `provider ${position} has joined`);
  return found;
}

export function getNodeState(state: GpuMarketState, position: number): NodeState {
  const found = state.nodes[position];
  assert(found, `node ${position} was registered`);
  return found;
}

export function getTask(job: Job, index: number): Task {
  const found = job.tasks[index];
  assert(found, `job ${job.id} has a task ${index}`);
  return found;
}

/** Positions of a provider's nodes. */
export function listNodes(provider: number): number[] {
  return nodes.flatMap((node, position) => (node.provider === provider ? [position] : []));
}

export function listByConduct(conduct: Conduct): number[] {
  return providers.flatMap((provider, position) => (provider.conduct === conduct ? [position] : []));
}

export function getPosition(name: string): number {
  const position = providers.findIndex((provider) => provider.name === name);
  assert(position >= 0, `the cast has ${name}`);
  return position;
}

/** Whether it came later, and leaves the dice of the others alone. */
export function isPlanted({ customersPerDay }: Provider): boolean {
  return customersPerDay !== undefined;
}

export function toAccount(provider: number): number {
  return provider < firstPlanted ? accounts.firstProvider + provider : accounts.firstPlanted + provider - firstPlanted;
}

/** The account that the market pays what a provider earns. */
export function toRecipient(provider: number): number {
  const { conduct, successorOf } = getProvider(provider);
  const others: Partial<Record<Conduct, number>> = {
    washTrading: accounts.ring[0],
    sybil: accounts.operator,
    freshBuyers: accounts.purse,
  };
  return successorOf === undefined ? (others[conduct] ?? toAccount(provider)) : toAccount(getPosition(successorOf));
}

/** Whether its buyer has other ends than to have something computed: nothing goes wrong with it, and the buyer sees to the rest. */
export function isStaged({ buyer }: Job): boolean {
  return !accounts.buyers.some((account) => account === buyer);
}

/** Whether a part of the history has passed. */
export function hasPassed(state: GpuMarketState, now: number, part: number | undefined): boolean {
  return part !== undefined && now >= state.startsAt + part * (state.endsAt - state.startsAt);
}
