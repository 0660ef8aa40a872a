import { keccak256, stringToBytes } from 'viem';

/**
 * Market logs to changes, decoded by position: arguments are cut out of the hex where the ABI puts them. Open jobs and
 * all nodes stay in memory from one call to the next.
 */
export function createFold(abi) {
  const events = abi.filter(({ type }) => type === 'event');
  const indexes = new Map(events.map((event, index) => [toTopic(event), index]));
  const nodes = new Map();
  const jobs = new Map();

  return (logs, timeOf) => {
    const changes = { events: [], stakes: [], payouts: [], nodes: new Set(), newJobs: new Set(), jobs: new Set() };
    for (const log of logs) {
      const place = { height: parseInt(log.blockNumber, 16), logIndex: parseInt(log.logIndex, 16), time: timeOf(log) };
      const index = indexes.get(log.topics[0]);
      changes.events.push({ ...place, index, log });
      effects[events[index].name]({ changes, nodes, jobs }, log, place);
    }
    return changes;
  };
}

export function toTopics(abi) {
  return abi.filter(({ type }) => type === 'event').map(toTopic);
}

function toTopic({ name, inputs }) {
  return keccak256(stringToBytes(`${name}(${inputs.map(({ type }) => type).join(',')})`));
}

const word = (data, at) => data.slice(2 + 64 * at, 66 + 64 * at);
const amountAt = (data, at) => BigInt(`0x${word(data, at)}`);
const smallAt = (data, at) => parseInt(word(data, at).slice(-8), 16);
const toAddress = (topic) => `0x${topic.slice(26)}`;

const effects = {
  NodeRegistered({ changes, nodes }, { topics, data }, { time }) {
    const length = smallAt(data, 3);
    const endpoint = Buffer.from(data.slice(258, 258 + 2 * length), 'hex').toString();
    const node = {
      id: topics[1],
      owner: toAddress(topics[2]),
      model: smallAt(data, 0),
      count: smallAt(data, 1),
      endpoint,
    };
    nodes.set(node.id, { ...node, price: 0n, stake: 0n, paid: 0n, done: 0, failed: 0, time });
    changes.nodes.add(nodes.get(node.id));
  },
  OfferUpdated(state, { topics, data }) {
    touchNode(state, topics[1]).price = amountAt(data, 0);
  },
  JobCreated({ changes, jobs }, { topics, data, transactionHash }, { time }) {
    const terms = { client: toAddress(topics[2]), specHash: data.slice(0, 66), budget: amountAt(data, 1) };
    const job = { id: BigInt(topics[1]), ...terms, status: 'created', created: time, txHash: transactionHash };
    jobs.set(topics[1], job);
    changes.newJobs.add(job);
  },
  JobAssigned(state, { topics, data }, { time }) {
    touchJob(state, topics[1], { status: 'assigned', node: topics[2], price: amountAt(data, 0), assigned: time });
  },
  JobCompleted(state, { topics, data }, { time }) {
    const result = { paid: amountAt(data, 0), resultHash: `0x${word(data, 1)}` };
    touchJob(state, topics[1], { status: 'completed', ...result, ended: time });
    state.jobs.delete(topics[1]);
    touchNode(state, topics[2]).done += 1;
  },
  JobFailed(state, { topics, data }, { time }) {
    touchJob(state, topics[1], { status: 'failed', reason: smallAt(data, 0), ended: time });
    state.jobs.delete(topics[1]);
    touchNode(state, topics[2]).failed += 1;
  },
  StakeLocked: (state, log, place) => moveStake(state, log, { ...place, kind: 'locked', sign: 1n }),
  StakeUnlocked: (state, log, place) => moveStake(state, log, { ...place, kind: 'unlocked', sign: -1n }),
  StakeSlashed: (state, log, place) =>
    moveStake(state, log, { ...place, kind: 'slashed', sign: -1n, job: BigInt(log.topics[2]) }),
  PayoutSent(state, { topics, data, transactionHash }, place) {
    const amount = amountAt(data, 0);
    touchNode(state, topics[2]).paid += amount;
    const payout = { ...place, job: BigInt(topics[1]), node: topics[2], recipient: toAddress(topics[3]), amount };
    state.changes.payouts.push({ ...payout, txHash: transactionHash });
  },
};

function touchNode({ changes, nodes }, id) {
  const node = nodes.get(id);
  changes.nodes.add(node);
  return node;
}

function touchJob({ changes, jobs }, id, change) {
  const job = Object.assign(jobs.get(id), change);
  if (!changes.newJobs.has(job)) changes.jobs.add(job);
}

function moveStake(state, { topics, data, transactionHash }, { sign, ...change }) {
  const amount = amountAt(data, 0);
  touchNode(state, topics[1]).stake += sign * amount;
  state.changes.stakes.push({ ...change, node: topics[1], amount, txHash: transactionHash });
}
