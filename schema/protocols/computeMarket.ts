import { computeMarketEvents } from './abis/computeMarket.js';
import type { Manifest } from './Manifest.js';

/**
 * ComputeMarket: a minimal market on one contract, where every node sells for itself. It has no public deployment; a
 * network of it is described in the file of COMPUTESCAN_NETWORK_FILE.
 */
export const computeMarket: Manifest = {
  protocol: 'compute-market',
  events: computeMarketEvents,
  capabilities: {
    jobs: true,
    nodes: true,
    price:
      'ComputeMarket settles a price when a job is assigned, after the job was created; it shows as what was paid.',
    payout: true,
    stake: true,
    verification: 'ComputeMarket publishes the hash of a result and leaves checking it to the client.',
  },
  networks: [],
};
