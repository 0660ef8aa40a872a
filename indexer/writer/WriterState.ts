import { assert } from '../../schema/lib/assert.js';
import { createStateCache, type StateCache } from './createStateCache.js';
import type { Digest } from './digest.js';
import { createEventEncoder, type EncodeEvent } from './encodeEvent.js';
import type { Cursor } from './Store.js';
import type { NetworkStates } from './states.js';

/** What the writer remembers from batch to batch; a fresh one knows nothing and looks everything up. */
export interface WriterState {
  statesOf(networkId: string): NetworkStates;
  readonly contracts: StateCache<true>;
  readonly encodeEvent: EncodeEvent;
  /** The digest up to a batch's start. */
  getDigest(after: Cursor | undefined): Promise<Digest>;
  /** Returns the batch's number. */
  startBatch(): number;
  endBatch(last: Cursor, digest: Digest): void;
  /** So many batches are stored by now. */
  noteStored(): void;
}

export interface WriterStateOptions {
  /** Of each kind of noun, in each network. */
  readonly cacheSize: number;
  readonly findDigest: (at: Cursor | undefined) => Promise<Digest>;
}

export function createWriterState({ cacheSize, findDigest }: WriterStateOptions): WriterState {
  const networks = new Map<string, NetworkStates>();
  const contracts = createStateCache<true>(cacheSize);
  let tail: { readonly at: Cursor; readonly digest: Digest } | undefined;
  let begun = 0;
  let stored = 0;
  return {
    statesOf(networkId) {
      let states = networks.get(networkId);
      if (!states) {
        states = createNetworkStates(cacheSize);
        networks.set(networkId, states);
      }
      return states;
    },
    contracts,
    encodeEvent: createEventEncoder(),
    async getDigest(after) {
      if (!tail) return findDigest(after);
      assert(
        after && tail.at.hash === after.hash,
        `batches are prepared one after the other: expected one after block ${tail.at.height}`,
      );
      return tail.digest;
    },
    startBatch() {
      begun += 1;
      return begun;
    },
    endBatch({ height, hash }, digest) {
      tail = { at: { height, hash }, digest };
      contracts.endBatch(begun, stored);
      for (const states of networks.values()) for (const cache of Object.values(states)) cache.endBatch(begun, stored);
    },
    noteStored() {
      stored += 1;
    },
  };
}

function createNetworkStates(cacheSize: number): NetworkStates {
  return {
    providers: createStateCache(cacheSize),
    nodes: createStateCache(cacheSize),
    jobs: createStateCache(cacheSize),
    tasks: createStateCache(cacheSize),
  };
}
