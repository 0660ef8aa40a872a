import { toFilter as toFilterOf } from '../decode/toFilter.js';
import type { Filter, VerifiedLevel } from '../source/ChainSource.js';
import type { Batch, Cursor, Lease, VerifiedRange } from '../writer/Store.js';
import type { Interpreter } from './interpretLogs.js';
import type { SyncOptions } from './SyncOptions.js';

/** What an indexer holds while it is the one that writes a chain. */
export interface Lead {
  readonly options: SyncOptions;
  readonly lease: Lease;
  readonly interpreter: Interpreter;
  /** Aborts when the sync shall end or the lease is lost. */
  readonly signal: AbortSignal;
  readonly startHeight: number;
  /** Phases of price feeds by key, to be kept with the next batch. */
  readonly learned: Map<string, unknown>;
  /** The last block whose facts are written. */
  cursor: Cursor | undefined;
}

export function toFilter({ options, interpreter }: Lead): Filter {
  return toFilterOf(interpreter.contracts, options.networks);
}

/** Prepares a batch, timed. */
export async function prepare(lead: Lead, batch: Batch) {
  const { runtime, store, report, chainId } = lead.options;
  const begun = runtime.now();
  const { learned } = lead;
  const prepared = await store.prepare(
    learned.size === 0 ? batch : { ...batch, reads: new Map([...batch.reads, ...learned]) },
  );
  report?.({ kind: 'timing', chainId, stage: 'prepare', seconds: (runtime.now() - begun) / 1000 });
  return prepared;
}

/** Writes what was prepared and moves the cursor that is held here along with the stored one. */
export async function write(lead: Lead, prepared: Awaited<ReturnType<typeof prepare>>): Promise<void> {
  const { runtime, store, report, chainId } = lead.options;
  const { last, logs, broken } = prepared.batch;
  const begun = runtime.now();
  await store.write(lead.lease, prepared);
  for (const key of prepared.batch.reads.keys()) lead.learned.delete(key);
  lead.cursor = { height: last.height, hash: last.hash };
  report?.({ kind: 'timing', chainId, stage: 'write', seconds: (runtime.now() - begun) / 1000 });
  report?.({ kind: 'written', chainId, last, events: logs.length, quarantined: broken.length });
}

/** Ascending heights with their levels, as ranges of one level each. */
export function toVerifiedRanges(
  blocks: readonly { readonly height: number; readonly level: VerifiedLevel }[],
): readonly VerifiedRange[] {
  const ranges: VerifiedRange[] = [];
  for (const { height, level } of blocks) {
    const last = ranges.at(-1);
    if (last && last.level === level && last.to === height - 1) ranges[ranges.length - 1] = { ...last, to: height };
    else ranges.push({ from: height, to: height, level });
  }
  return ranges;
}
