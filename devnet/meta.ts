import { UserError } from '../schema/lib/errors.js';
import type { Meta, Store } from './store.js';

/** Raised when a change of the scenario or of the stored shapes makes older data folders useless. */
const version = 1;
const defaultSeed = 1;
const defaultHistoryDays = 30;

export interface MetaOptions {
  readonly seed?: number;
  readonly startTime?: number;
  readonly historyDays?: number;
}

/** From what the chain is made: as stored at the first start, else as wanted now; the two must agree. */
export function settleMeta(store: Store, wanted: MetaOptions): Meta & { readonly genesisTime: number } {
  const found = store.findMeta();
  const meta = found ?? {
    version,
    seed: wanted.seed ?? defaultSeed,
    startTime: wanted.startTime ?? Math.floor(Date.now() / 1000),
    historyDays: wanted.historyDays ?? defaultHistoryDays,
    announced: 0,
  };
  for (const [name, value] of Object.entries({ version, ...wanted })) {
    const stored = meta[name as keyof Meta];
    if (name in meta && value !== undefined && value !== stored) {
      throw new UserError(
        `Expected the devnet in ${store.folder} to have ${name} ${value}, found ${stored}: start with --reset to make it anew.`,
      );
    }
  }
  if (!found) store.writeMeta(meta);
  return { ...meta, genesisTime: meta.startTime - Math.round(meta.historyDays * 86_400) };
}
