import { computeMarketEvents } from './abis/computeMarket.js';
import type { Manifest } from './Manifest.js';

/**
 * ComputeMarket: a market on one contract, with a full and a small interface of events. It has no public deployment; a
 * network of it is described in the file of COMPUTESCAN_NETWORK_FILE. What the full interface records counts here: a
 * network whose contract says less names that in the file.
 */
export const computeMarket: Manifest = {
  protocol: 'compute-market',
  events: computeMarketEvents,
  capabilities: { jobs: true, nodes: true, price: true, payout: true, stake: true, verification: true },
  conservation: {
    // The small interface has neither escrow nor payers.
    spending: { from: 'escrow', payouts: 'withPayer' },
    escrow: { per: 'job' },
    stake: true,
    statedEscrow: 'ComputeMarket tells changes of escrow, and no balance.',
    statedStake: 'ComputeMarket tells changes of stake, and no balance.',
    closedJob: 'What a job of ComputeMarket did not cost is given back after its tasks have ended.',
  },
  networks: [],
};
