import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeEventLog } from 'viem';
import { readRecording } from './readRecording.mjs';

/**
 * The oracle: the state that every indexer must reach, as counts and sums by name. It decodes with viem, slowly, and
 * shares nothing with the indexer or with the floor.
 */
export async function foldChain(folder) {
  const abi = JSON.parse(readFileSync(join(folder, 'abi.json'), 'utf8'));
  const state = {
    nodes: new Map(),
    jobs: new Map(),
    stakeRows: 0,
    payouts: 0,
    payoutSum: 0n,
    events: {},
    attempted: new Set(),
  };
  for await (const { receipts } of readRecording(folder)) {
    for (const { topics, data } of receipts.flatMap((receipt) => receipt.logs)) {
      const { eventName, args } = decodeEventLog({ abi, topics, data });
      state.events[eventName] = (state.events[eventName] ?? 0) + 1;
      effects[eventName](state, args);
    }
  }
  return toExpected(state);
}

const effects = {
  NodeRegistered({ nodes }, { nodeId }) {
    nodes.set(nodeId, { price: 0n, stake: 0n, paid: 0n, done: 0, failed: 0 });
  },
  OfferUpdated({ nodes }, { nodeId, pricePerHour }) {
    nodes.get(nodeId).price = pricePerHour;
  },
  JobCreated({ jobs }, { jobId }) {
    jobs.set(jobId, 'created');
  },
  JobAssigned({ jobs, attempted }, { jobId, nodeId }) {
    jobs.set(jobId, 'assigned');
    attempted.add(nodeId);
  },
  JobCompleted({ jobs, nodes }, { jobId, nodeId }) {
    jobs.set(jobId, 'completed');
    nodes.get(nodeId).done += 1;
  },
  JobFailed({ jobs, nodes }, { jobId, nodeId }) {
    jobs.set(jobId, 'failed');
    nodes.get(nodeId).failed += 1;
  },
  StakeLocked: (state, { nodeId, amount }) => moveStake(state, nodeId, amount),
  StakeUnlocked: (state, { nodeId, amount }) => moveStake(state, nodeId, -amount),
  StakeSlashed: (state, { nodeId, amount }) => moveStake(state, nodeId, -amount),
  PayoutSent(state, { nodeId, amount }) {
    state.nodes.get(nodeId).paid += amount;
    state.payouts += 1;
    state.payoutSum += amount;
  },
};

function moveStake(state, nodeId, delta) {
  state.nodes.get(nodeId).stake += delta;
  state.stakeRows += 1;
}

/** The first group by the names that the peers' own read-outs have; `ours` holds what only this product keeps. */
function toExpected({ nodes, jobs, stakeRows, payouts, payoutSum, events, attempted }) {
  const sum = (name, zero) => [...nodes.values()].reduce((total, node) => total + node[name], zero);
  const count = (status) => [...jobs.values()].filter((found) => found === status).length;
  const state = {
    provider: nodes.size,
    job: jobs.size,
    stake: stakeRows,
    payout: payouts,
    job_created: count('created'),
    job_assigned: count('assigned'),
    job_completed: count('completed'),
    job_failed: count('failed'),
    sum_price: sum('price', 0n),
    sum_stake: sum('stake', 0n),
    sum_paid: sum('paid', 0n),
    sum_done: sum('done', 0),
    sum_failed: sum('failed', 0),
    payout_sum: payoutSum,
  };
  const ours = { events, nodes: attempted.size };
  return { state: Object.fromEntries(Object.entries(state).map(([name, value]) => [name, String(value)])), ours };
}
