/**
 * Market logs to changes, decoded by position: arguments are cut out of the hex where the ABI puts them. Open jobs and
 * all nodes stay in memory from one call to the next. What is only ever added becomes a line of COPY at once.
 */
export function createFold(topics) {
  const kinds = new Map(Object.entries(topics).map(([name, topic], index) => [topic, { index, apply: effects[name] }]));
  const nodes = new Map();
  const jobs = new Map();

  return (logs, timeOf) => {
    const changes = { events: [], stakes: [], payouts: [], nodes: new Set(), newJobs: new Set(), jobs: new Set() };
    const state = { changes, nodes, jobs };
    for (const log of logs) {
      const { topics: words, data, transactionHash } = log;
      const { index, apply } = kinds.get(words[0]);
      const time = timeOf(log);
      const key = `${parseInt(log.blockNumber, 16)}\t${parseInt(log.logIndex, 16)}`;
      const bytesOfTopics =
        words.length === 4 ? words[1].slice(2) + words[2].slice(2) + words[3].slice(2) : joinRest(words);
      changes.events.push(
        `${key}\t${index}\t${toBytes(transactionHash)}\t${toBytes(words[0])}${bytesOfTopics}\t${toBytes(data)}\t${time}\n`,
      );
      apply(state, log, time, key);
    }
    return changes;
  };
}

const word = (data, at) => data.slice(2 + 64 * at, 66 + 64 * at);
const amountAt = (data, at) => BigInt(`0x${word(data, at)}`);
const smallAt = (data, at) => parseInt(word(data, at).slice(-8), 16);
const toAddress = (topic) => `0x${topic.slice(26)}`;

/** As COPY reads bytes. */
const toBytes = (hex) => `\\\\x${hex.slice(2)}`;

function joinRest(words) {
  return words.length === 3 ? words[1].slice(2) + words[2].slice(2) : words[1].slice(2);
}

const effects = {
  NodeRegistered({ changes, nodes }, { topics, data }, time) {
    const length = smallAt(data, 3);
    const node = {
      id: topics[1],
      owner: toAddress(topics[2]),
      model: smallAt(data, 0),
      count: smallAt(data, 1),
      endpoint: Buffer.from(data.slice(258, 258 + 2 * length), 'hex').toString(),
      price: 0n,
      stake: 0n,
      paid: 0n,
      done: 0,
      failed: 0,
      time,
    };
    nodes.set(node.id, node);
    changes.nodes.add(node);
  },
  OfferUpdated(state, { topics, data }) {
    touchNode(state, topics[1]).price = amountAt(data, 0);
  },
  JobCreated({ changes, jobs }, { topics, data, transactionHash }, time) {
    const job = {
      id: BigInt(topics[1]),
      client: toAddress(topics[2]),
      specHash: data.slice(0, 66),
      budget: amountAt(data, 1),
      status: 'created',
      node: undefined,
      price: undefined,
      paid: undefined,
      resultHash: undefined,
      reason: undefined,
      created: time,
      assigned: undefined,
      ended: undefined,
      txHash: transactionHash,
    };
    jobs.set(topics[1], job);
    changes.newJobs.add(job);
  },
  JobAssigned(state, { topics, data }, time) {
    const job = touchJob(state, topics[1]);
    job.status = 'assigned';
    job.node = topics[2];
    job.price = amountAt(data, 0);
    job.assigned = time;
  },
  JobCompleted(state, { topics, data }, time) {
    const job = touchJob(state, topics[1]);
    job.status = 'completed';
    job.paid = amountAt(data, 0);
    job.resultHash = `0x${word(data, 1)}`;
    job.ended = time;
    state.jobs.delete(topics[1]);
    touchNode(state, topics[2]).done += 1;
  },
  JobFailed(state, { topics, data }, time) {
    const job = touchJob(state, topics[1]);
    job.status = 'failed';
    job.reason = smallAt(data, 0);
    job.ended = time;
    state.jobs.delete(topics[1]);
    touchNode(state, topics[2]).failed += 1;
  },
  StakeLocked: (state, log, time, key) => moveStake(state, log, { time, key, kind: 'locked', sign: 1n, job: '\\N' }),
  StakeUnlocked: (state, log, time, key) =>
    moveStake(state, log, { time, key, kind: 'unlocked', sign: -1n, job: '\\N' }),
  StakeSlashed: (state, log, time, key) =>
    moveStake(state, log, { time, key, kind: 'slashed', sign: -1n, job: BigInt(log.topics[2]) }),
  PayoutSent(state, { topics, data, transactionHash }, time, key) {
    const amount = amountAt(data, 0);
    touchNode(state, topics[2]).paid += amount;
    state.changes.payouts.push(
      `${key}\t${BigInt(topics[1])}\t${toBytes(topics[2])}\t${toBytes(toAddress(topics[3]))}\t${amount}\t${time}\t${toBytes(transactionHash)}\n`,
    );
  },
};

function touchNode({ changes, nodes }, id) {
  const node = nodes.get(id);
  changes.nodes.add(node);
  return node;
}

function touchJob({ changes, jobs }, id) {
  const job = jobs.get(id);
  if (!changes.newJobs.has(job)) changes.jobs.add(job);
  return job;
}

function moveStake(state, { topics, data, transactionHash }, { time, key, kind, sign, job }) {
  const amount = amountAt(data, 0);
  touchNode(state, topics[1]).stake += sign * amount;
  state.changes.stakes.push(
    `${key}\t${toBytes(topics[1])}\t${kind}\t${amount}\t${job}\t${time}\t${toBytes(transactionHash)}\n`,
  );
}
