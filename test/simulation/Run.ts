import type { Runtime } from '../../indexer/lib/runtime.js';
import type { ChainSource } from '../../indexer/source/ChainSource.js';
import type { ChainSourceOptions } from '../../indexer/source/createChainSource.js';
import type { EndpointPool } from '../../indexer/source/endpoints/EndpointPool.js';
import type { SyncSettings } from '../../indexer/sync/SyncOptions.js';
import type { Store } from '../../indexer/writer/Store.js';
import type { Disk } from './createMemoryStore.js';
import type { Trace } from './createTrace.js';
import type { VirtualClock } from './createVirtualClock.js';
import type { Reduction, Scenario } from './drawScenario.js';
import type { Storage, StorageParts } from './Storage.js';

/** What a run is made of before it begins. */
export interface RunParts {
  readonly scenario: Scenario;
  readonly options: SimulationOptions;
  readonly trace: Trace;
  readonly count: (counter: string) => void;
  readonly clock: VirtualClock;
}

/** A run under way, as its parts see it. */
export interface Run extends RunParts {
  readonly disk: Disk;
  readonly storage: Storage;
  readonly stopping: AbortController;
  /** Rejects when something is found that must not be. */
  readonly fail: (reason: Error) => void;
  readonly state: { isTroubled: boolean; isLying: boolean; crashes: number; rollBacks: number };
}

/** Where a mutant takes the place of what it wraps. */
export interface Mutation {
  readonly name: string;
  readonly wrapStore?: (store: Store, disk: Disk) => Store;
  readonly wrapSource?: (source: ChainSource, parts: { readonly disk: Disk; readonly runtime: Runtime }) => ChainSource;
  readonly wrapPool?: (pool: EndpointPool) => EndpointPool;
  readonly policy?: ChainSourceOptions['policy'];
  readonly toSettings?: (settings: SyncSettings) => SyncSettings;
}

export interface SimulationOptions {
  readonly reduction?: Reduction | undefined;
  /** Instead of the seed's own. */
  readonly scenario?: Scenario | undefined;
  /** Instead of memory; what is real waits on the machine's clock. */
  readonly createStorage?: ((parts: StorageParts) => Storage) | undefined;
  readonly mutation?: Mutation | undefined;
  readonly keepTrace?: boolean | undefined;
}
