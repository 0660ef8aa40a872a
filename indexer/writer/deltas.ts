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

/** What the metrics must look at again. */
export interface Mark {
  readonly family: 'jobs' | 'stake' | 'payout' | 'network';
  readonly subject: string;
  readonly hour: Date;
}

/** Sums per block and per batch, while the batch is folded. The API reads none of it before the batch is stored. */
export interface Deltas {
  ofProvider(provider: Ref): ProviderDelta;
  ofNetwork(network: Ref): NetworkDelta;
  /** Adds the block's rows, and to the batch's totals and marks. */
  endBlock(rows: Rows, chainId: number, block: Moment): void;
  /** Adds the rows that a coarse batch keeps for all of its blocks. */
  endBatch(rows: Rows, chainId: number): void;
  readonly providers: ReadonlyMap<string, ProviderTotal>;
  readonly networks: ReadonlyMap<string, NetworkDelta>;
  /** One hour's subjects once each, unless the hours go back and forth. */
  readonly marks: readonly Mark[];
}

export function createDeltas(batch: Pick<Batch, 'from' | 'coarse'>): Deltas {
  const blockProviders = new Map<string, ProviderDelta>();
  const blockNetworks = new Map<string, NetworkDelta>();
  const providers = new Map<string, ProviderTotal>();
  const networks = new Map<string, NetworkDelta>();
  const marks = createMarks();
  return {
    ofProvider: ({ id }) => getOrAdd(blockProviders, id, emptyProviderDelta),
    ofNetwork: ({ id }) => getOrAdd(blockNetworks, id, emptyNetworkDelta),
    endBlock(rows, chainId, block) {
      for (const [id, delta] of blockProviders) {
        if (!batch.coarse) encodeProviderDelta(rows, { chainId, id, from: block.height, block, delta });
        const total = getOrAdd(providers, id, emptyProviderTotal);
        addProviderDelta(total, delta);
        total.last = block;
        if (delta.jobs !== 0 || delta.completed !== 0 || delta.failed !== 0) marks.add('jobs', id, block.time);
        if (delta.stake !== 0n || delta.rewarded !== 0n || delta.slashed !== 0n) marks.add('stake', id, block.time);
        if (delta.paid !== 0n) marks.add('payout', id, block.time);
      }
      for (const [id, delta] of blockNetworks) {
        encodeNetworkDelta(rows, { chainId, id, block, delta });
        addNetworkDelta(getOrAdd(networks, id, emptyNetworkDelta), delta);
        marks.add('network', id, block.time);
      }
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

function createMarks(): {
  readonly all: readonly Mark[];
  add(family: Mark['family'], subject: string, time: Date): void;
} {
  const all: Mark[] = [];
  const seen = {
    jobs: new Set<string>(),
    stake: new Set<string>(),
    payout: new Set<string>(),
    network: new Set<string>(),
  };
  let hour = Number.NaN;
  return {
    all,
    add(family, subject, time) {
      const ofTime = Math.floor(time.getTime() / HOUR_MS) * HOUR_MS;
      if (ofTime !== hour) for (const subjects of Object.values(seen)) subjects.clear();
      hour = ofTime;
      if (seen[family].has(subject)) return;
      seen[family].add(subject);
      all.push({ family, subject, hour: new Date(hour) });
    },
  };
}

const HOUR_MS = 3_600_000;
