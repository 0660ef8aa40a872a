import { assert } from '../../schema/lib/assert.js';
import { accounts, type CastNode, nodes, type Provider, providers } from './cast.js';
import type { GpuMarketState, Job, NodeState, ProviderState, Task } from './gpuMarketState.js';

/** Positions in the cast of those who do not act like the rest. */
export const washTrader = providers.findIndex(({ conduct }) => conduct === 'washTrading');

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

export function toAccount(provider: number): number {
  return accounts.firstProvider + provider;
}

/** Whether a part of the history has passed. */
export function hasPassed(state: GpuMarketState, now: number, part: number | undefined): boolean {
  return part !== undefined && now >= state.startsAt + part * (state.endsAt - state.startsAt);
}
