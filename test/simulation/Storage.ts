import type { Runtime } from '../../indexer/lib/runtime.js';
import type { Cursor, Phase, Store } from '../../indexer/writer/Store.js';
import type { SimulatedProcess } from './createProcess.js';
import type { Trace } from './createTrace.js';
import type { VirtualClock } from './createVirtualClock.js';
import type { Scenario } from './drawScenario.js';

/** Where a run's facts are kept: what outlives processes, and fails on its own. */
export interface Storage {
  /** What one process sees of it. */
  openStore(process: SimulatedProcess, runtime: Runtime): Store;
  /** Where things stand, for who looks on from outside. */
  look(): Promise<Standing>;
  /** Throws where what is stored is not what it must be. */
  readonly check?: () => void;
}

export interface Standing {
  readonly cursor: Cursor | undefined;
  readonly phase: Phase | undefined;
  readonly phaseReason: string | undefined;
  /** Where the cursor stood when what is final up to it was recorded last, as far as it is known. */
  readonly finalRecordedAt?: Cursor | undefined;
}

export interface StorageParts {
  readonly scenario: Scenario;
  readonly clock: VirtualClock;
  readonly trace: Trace;
  readonly count: (counter: string) => void;
  readonly isTroubled: () => boolean;
  readonly fail: (reason: Error) => void;
  /** To be called at every commit that changes facts. */
  readonly onCommit: (kind: 'write' | 'rollBack') => void;
}
