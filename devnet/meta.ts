import { UserError } from '../schema/lib/errors.js';
import type { Meta, Store } from './store.js';

const defaultSeed = 1;

export interface MetaOptions {
  readonly seed?: number;
  readonly startTime?: number;
  readonly historyDays?: number;
}

/** From what the chain is made: as stored at the first start, else as wanted now; the two must agree. */
export function settleMeta(
  store: Store,
  wanted: MetaOptions,
  { version, historyDays }: { readonly version: number; readonly historyDays: number },
): Meta & { readonly genesisTime: number } {
  const found = store.findMeta();
  const meta = found ?? {
    version,
    seed: wanted.seed ?? defaultSeed,
    startTime: wanted.startTime ?? Math.floor(Date.now() / 1000),
    historyDays: wanted.historyDays ?? historyDays,
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
