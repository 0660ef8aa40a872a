import type { ChainState } from '../../indexer/main.js';
import type { ChainProgress } from './ChainProgress.js';

/** What people are shown of a chain's state. */
export function toProgress(state: ChainState): ChainProgress {
  const { chainId, name, phase, startHeight, height, head, events, endpoints } = state;
  const requests = endpoints.reduce((sum, endpoint) => sum + endpoint.requests, 0);
  return { ...{ chainId, name, phase, startHeight, height, headHeight: head?.height }, events, requests };
}
