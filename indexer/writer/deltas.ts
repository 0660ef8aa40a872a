import type { Rows } from './Rows.js';
import type { Batch } from './Store.js';
import type { Moment, Ref } from './states.js';

/** What a block, or a coarse batch, adds to a provider. */
export interface ProviderDelta {
  jobs: number;
  completed: number;
  failed: number;
  stake: bigint;
  rewarded: bigint;
  slashed: bigint;
  paid: bigint;
}

/** What a block adds to a network. */
export interface NetworkDelta {
  providers: number;
  nodes: number;
  jobs: number;
  tasks: number;
  completed: number;
  failed: number;
  stake: bigint;
  paid: bigint;
}

export interface ProviderTotal extends ProviderDelta {
  last: Moment | undefined;
}

/** An hour in which something of a network lies, for the metrics to look at again. */
export interface Mark {
  readonly family: 'network';
  readonly subject: string;
  readonly hour: Date;
}

/** Sums per block and per batch, while the batch is folded. The API reads none of it before the batch is stored. */
export interface Deltas {
  ofProvider(provider: Ref): ProviderDelta;
  ofNetwork(network: Ref): NetworkDelta;
  /** Notes that the block holds an event of the network, whether or not it adds anything. */
  touch(network: Ref): void;
  /** Adds the block's rows, and to the batch's totals and marks. */
  endBlock(rows: Rows, chainId: number, block: Moment): void;
  /** Adds the rows that a coarse batch keeps for all of its blocks. */
  endBatch(rows: Rows, chainId: number): void;
  readonly providers: ReadonlyMap<string, ProviderTotal>;
  readonly networks: ReadonlyMap<string, NetworkDelta>;
  /** An hour of a network once, unless the hours go back and forth. */
  readonly marks: readonly Mark[];
}

export function createDeltas(batch: Pick<Batch, 'from' | 'coarse'>): Deltas {
  const blockProviders = new Map<string, ProviderDelta>();
  const blockNetworks = new Map<string, NetworkDelta>();
  const touched = new Set<string>();
  const providers = new Map<string, ProviderTotal>();
  const networks = new Map<string, NetworkDelta>();
  const marks = createMarks();
  return {
    ofProvider: ({ id }) => getOrAdd(blockProviders, id, emptyProviderDelta),
    ofNetwork: ({ id }) => getOrAdd(blockNetworks, id, emptyNetworkDelta),
    touch({ id }) {
      touched.add(id);
    },
    endBlock(rows, chainId, block) {
      for (const [id, delta] of blockProviders) {
        if (!batch.coarse) encodeProviderDelta(rows, { chainId, id, from: block.height, block, delta });
        const total = getOrAdd(providers, id, emptyProviderTotal);
        addProviderDelta(total, delta);
        total.last = block;
      }
      for (const [id, delta] of blockNetworks) {
        encodeNetworkDelta(rows, { chainId, id, block, delta });
        addNetworkDelta(getOrAdd(networks, id, emptyNetworkDelta), delta);
      }
      for (const id of touched) marks.add(id, block.time);
      touched.clear();
      blockProviders.clear();
      blockNetworks.clear();
    },
    endBatch(rows, chainId) {
      if (!batch.coarse) return;
      for (const [id, total] of providers) {
        const { last } = total;
        if (last) encodeProviderDelta(rows, { chainId, id, from: batch.from, block: last, delta: total });
      }
    },
    providers,
    networks,
    marks: marks.all,
  };
}

function getOrAdd<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  const found = map.get(key);
  if (found) return found;
  const created = create();
  map.set(key, created);
  return created;
}

function emptyProviderDelta(): ProviderDelta {
  return { jobs: 0, completed: 0, failed: 0, stake: 0n, rewarded: 0n, slashed: 0n, paid: 0n };
}

function emptyProviderTotal(): ProviderTotal {
  return { jobs: 0, completed: 0, failed: 0, stake: 0n, rewarded: 0n, slashed: 0n, paid: 0n, last: undefined };
}

function emptyNetworkDelta(): NetworkDelta {
  return { providers: 0, nodes: 0, jobs: 0, tasks: 0, completed: 0, failed: 0, stake: 0n, paid: 0n };
}

function addProviderDelta(total: ProviderDelta, delta: ProviderDelta): void {
  total.jobs += delta.jobs;
  total.completed += delta.completed;
  total.failed += delta.failed;
  // Most are zero, and adding large numbers is not free.
  if (delta.stake !== 0n) total.stake += delta.stake;
  if (delta.rewarded !== 0n) total.rewarded += delta.rewarded;
  if (delta.slashed !== 0n) total.slashed += delta.slashed;
  if (delta.paid !== 0n) total.paid += delta.paid;
}

function addNetworkDelta(total: NetworkDelta, delta: NetworkDelta): void {
  total.providers += delta.providers;
  total.nodes += delta.nodes;
  total.jobs += delta.jobs;
  total.tasks += delta.tasks;
  total.completed += delta.completed;
  total.failed += delta.failed;
  total.stake += delta.stake;
  total.paid += delta.paid;
}

interface DeltaRow<Delta> {
  readonly chainId: number;
  readonly id: string;
  readonly block: Moment;
  readonly delta: Delta;
}

function encodeProviderDelta(
  { provider_delta: rows }: Rows,
  { chainId, id, from, block, delta }: DeltaRow<ProviderDelta> & { readonly from: number },
) {
  rows.startRow();
  rows.int64(chainId);
  rows.int64(from);
  rows.int64(block.height);
  rows.time(block.time);
  rows.text(id);
  rows.int64(delta.jobs);
  rows.int64(delta.completed);
  rows.int64(delta.failed);
  rows.amount(delta.stake);
  rows.amount(delta.rewarded);
  rows.amount(delta.slashed);
  rows.amount(delta.paid);
}

function encodeNetworkDelta({ network_delta: rows }: Rows, { chainId, id, block, delta }: DeltaRow<NetworkDelta>) {
  rows.startRow();
  rows.int64(chainId);
  rows.int64(block.height);
  rows.time(block.time);
  rows.text(id);
  rows.int64(delta.providers);
  rows.int64(delta.nodes);
  rows.int64(delta.jobs);
  rows.int64(delta.tasks);
  rows.int64(delta.completed);
  rows.int64(delta.failed);
  rows.amount(delta.stake);
  rows.amount(delta.paid);
}

function createMarks(): { readonly all: readonly Mark[]; add(subject: string, time: Date): void } {
  const all: Mark[] = [];
  const hours = new Map<string, number>();
  return {
    all,
    add(subject, time) {
      const hour = Math.floor(time.getTime() / HOUR_MS) * HOUR_MS;
      if (hours.get(subject) === hour) return;
      hours.set(subject, hour);
      all.push({ family: 'network', subject, hour: new Date(hour) });
    },
  };
}

const HOUR_MS = 3_600_000;
