import type { Hex } from '../../schema/lib/hex.js';
import type { Random } from './createRandom.js';
import type { LogDraft, Transaction } from './encodeBlock.js';
import { FACTORY, MARKET, toLog } from './marketLogs.js';

/** What happened on a branch so far, as far as what follows on it depends on it. */
export interface MarketState {
  readonly jobs: readonly Job[];
  readonly nextJob: number;
  readonly nodes: number;
  /** How many of `childAddresses` the factory opened. */
  readonly children: number;
}

interface Job {
  readonly id: number;
  readonly node: number | undefined;
  readonly settled: boolean;
}

export const emptyMarket: MarketState = { jobs: [], nextJob: 1, nodes: 0, children: 0 };

const CHILDREN = 8;
/** Markets that the factory may open, and that write logs before they are opened, too. */
export const childAddresses: readonly Hex[] = Array.from(
  { length: CHILDREN },
  (_, index): Hex => `0x${(0xc1 + index).toString(16).repeat(20)}`,
);

/**
 * A block's transactions: each drives a job a step on, or does what is odd. Blocks of two branches begin with the same
 * jobs and settle them differently.
 */
export function draftTransactions(
  state: MarketState,
  options: { readonly random: Random; readonly logs: number },
): { readonly transactions: readonly Transaction[]; readonly state: MarketState } {
  const { random } = options;
  const transactions: Transaction[] = [];
  let now = state;
  for (let written = 0; written < options.logs; ) {
    const step = random.pick(steps)(now, random);
    if (!step) continue;
    now = step.state;
    written += step.logs.length;
    // Several steps may share a transaction.
    const last = transactions.at(-1);
    if (last && random.chance(0.3))
      transactions[transactions.length - 1] = { ...last, logs: [...last.logs, ...step.logs] };
    else transactions.push({ hash: random.hex(32), logs: step.logs });
  }
  return { transactions, state: now };
}

type Step = (
  state: MarketState,
  random: Random,
) => { readonly logs: readonly LogDraft[]; readonly state: MarketState } | undefined;

const register: Step = (state, random) => {
  const node = random.below(Math.min(6, state.nodes + 1));
  const names = [`https://node-${node}.example`, '', 'nul\0bom\ufeff\u202etext', 'x'.repeat(random.below(200))];
  // Half a character of two bytes is no text; what is stored must not break on it.
  const text = random.chance(0.1) ? Buffer.of(0x61, 0xc3, 0x28, 0xff) : Buffer.from(random.pick(names));
  const registered = toLog(MARKET, 'NodeRegistered', {
    indexed: [nodeId(node), account(random.below(4))],
    words: [quantity(random.below(100)), quantity(random.below(9))],
    text,
  });
  const locked = toLog(MARKET, 'StakeLocked', { indexed: [nodeId(node)], words: [amount(random)] });
  return { logs: [registered, locked], state: { ...state, nodes: Math.max(state.nodes, node + 1) } };
};

const offer: Step = (state, random) =>
  state.nodes === 0
    ? undefined
    : unchanged(state, toLog(MARKET, 'OfferUpdated', { indexed: [anyNode(state, random)], words: [amount(random)] }));

const unlock: Step = (state, random) =>
  state.nodes === 0
    ? undefined
    : unchanged(state, toLog(MARKET, 'StakeUnlocked', { indexed: [anyNode(state, random)], words: [amount(random)] }));

const create: Step = (state, random) => ({
  logs: [
    toLog(MARKET, 'JobCreated', {
      indexed: [quantity(state.nextJob), account(random.below(4))],
      words: [random.hex(32), amount(random)],
    }),
  ],
  state: {
    ...state,
    jobs: [...state.jobs.slice(-7), { id: state.nextJob, node: undefined, settled: false }],
    nextJob: state.nextJob + 1,
  },
});

const assign: Step = (state, random) => {
  const job = state.jobs.find(({ node }) => node === undefined);
  if (!job || state.nodes === 0) return undefined;
  const node = random.below(state.nodes);
  const log = toLog(MARKET, 'JobAssigned', { indexed: [quantity(job.id), nodeId(node)], words: [amount(random)] });
  return { logs: [log], state: changeJob(state, { ...job, node }) };
};

/** Done, failed or slashed: siblings decide otherwise about the same job. */
const settle: Step = (state, random) => {
  const job = state.jobs.find(({ node, settled }) => node !== undefined && !settled);
  if (job?.node === undefined) return undefined;
  const [id, node] = [quantity(job.id), nodeId(job.node)];
  const done = [
    toLog(MARKET, 'JobCompleted', { indexed: [id, node], words: [amount(random), random.hex(32)] }),
    toLog(MARKET, 'PayoutSent', { indexed: [id, node, account(random.below(4))], words: [amount(random)] }),
  ];
  const failed = [toLog(MARKET, 'JobFailed', { indexed: [id, node], words: [quantity(random.below(4))] })];
  const slashed = [toLog(MARKET, 'StakeSlashed', { indexed: [node, id], words: [amount(random)] })];
  const logs = random.pick([done, failed, slashed, [...failed, ...slashed]]);
  return { logs, state: changeJob(state, { ...job, settled: true }) };
};

/** A job that was settled already, or that nobody posted. */
const settleOddly: Step = (state, random) =>
  unchanged(
    state,
    toLog(MARKET, 'JobCompleted', {
      indexed: [quantity(random.chance(0.5) ? 9_999 : Math.max(1, state.nextJob - 1)), nodeId(random.below(6))],
      words: [amount(random), random.hex(32)],
    }),
  );

/** Opens a market and often uses it in the same transaction, now and then one that is open, or the first of all. */
const open: Step = (state, random) => {
  if (random.chance(0.15)) {
    const again = random.pick([MARKET, ...childAddresses.slice(0, state.children)]);
    return unchanged(state, toLog(FACTORY, 'MarketDeployed', { indexed: [again], words: [random.hex(32)] }));
  }
  const child = childAddresses[state.children];
  if (!child) return undefined;
  const before = random.chance(0.3) ? [writeAsChild(child, random)] : [];
  const after = random.chance(0.6) ? [writeAsChild(child, random)] : [];
  const opened = toLog(FACTORY, 'MarketDeployed', { indexed: [child], words: [random.hex(32)] });
  return { logs: [...before, opened, ...after], state: { ...state, children: state.children + 1 } };
};

const use: Step = (state, random) =>
  unchanged(state, writeAsChild(random.pick(childAddresses.slice(0, state.children + 1)) as Hex, random));

const unknown: Step = (state, random) =>
  unchanged(state, { address: MARKET, topics: [random.hex(32)], data: random.hex(random.below(40)) });

/** An event whose data is cut short, or whose text claims to be longer than the log. */
const broken: Step = (state, random) => {
  const indexed = [nodeId(random.below(6)), account(random.below(4))];
  const words = [quantity(1), quantity(2), quantity(96), quantity(2 ** 40)];
  const lying = toLog(MARKET, 'NodeRegistered', { indexed, words });
  const short = toLog(MARKET, 'OfferUpdated', { indexed: [nodeId(random.below(6))], words: [] });
  return unchanged(state, random.pick([lying, { ...short, data: random.hex(random.below(32)) }]));
};

const noise: Step = (state, random) =>
  unchanged(state, {
    address: `0x${random.pick(['d0', 'd1'])}${'00'.repeat(19)}`,
    topics: [random.hex(32), random.hex(32)].slice(0, random.below(3)),
    data: '0x',
  });

const steps: readonly [Step, ...Step[]] = [
  ...[register, offer, unlock, create, create, create, assign, assign, assign, settle, settle, settle],
  ...[settleOddly, open, use, use, unknown, broken, noise, noise],
] as [Step, ...Step[]];

function writeAsChild(address: Hex, random: Random): LogDraft {
  return toLog(address, 'StakeLocked', { indexed: [nodeId(random.below(6))], words: [amount(random)] });
}

function unchanged(state: MarketState, ...logs: readonly LogDraft[]) {
  return { logs, state };
}

function changeJob(state: MarketState, job: Job): MarketState {
  return { ...state, jobs: state.jobs.map((one) => (one.id === job.id ? job : one)) };
}

function anyNode(state: MarketState, random: Random): Hex {
  return nodeId(random.below(state.nodes));
}

function nodeId(node: number): Hex {
  return `0x${(0xa0 + node).toString(16).repeat(32)}`;
}

function account(index: number): Hex {
  return `0x${(0xb0 + index).toString(16).repeat(20)}`;
}

/** Mostly a few coins; now and then the largest number there is. */
function amount(random: Random): Hex {
  return random.chance(0.03) ? `0x${'ff'.repeat(32)}` : random.hex(8);
}

function quantity(value: number): Hex {
  return `0x${value.toString(16)}`;
}
