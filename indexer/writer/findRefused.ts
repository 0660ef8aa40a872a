import type pg from 'pg';
import { toMessage } from '../../schema/lib/errors.js';
import type { AdaptedLog } from '../events/logs.js';
import { findDigest } from './findDigest.js';
import { isRefusal } from './outage.js';
import { prepareBatch } from './prepareBatch.js';
import { createRows } from './Rows.js';
import type { Batch, Lease } from './Store.js';
import { transact } from './transact.js';
import { createWriterState } from './WriterState.js';
import { writeContent } from './writeContent.js';

interface Trial {
  readonly pool: pg.Pool;
  readonly chainId: number;
  readonly lease: Lease;
  /** The next one to be written: everything before it is stored. */
  readonly batch: Batch;
  readonly refused: ReadonlyMap<AdaptedLog, string>;
}

/**
 * Which logs of a batch Postgres refuses, and why: tried in halves, in transactions that are taken back. None, when
 * the fault lies in no log by itself.
 */
export async function findRefused(trial: Trial): Promise<ReadonlyMap<AdaptedLog, string>> {
  const found = new Map<AdaptedLog, string>();
  await isolate(trial, { logs: trial.batch.logs.filter((log) => !trial.refused.has(log)), found });
  return found;
}

async function isolate(
  trial: Trial,
  { logs, found }: { readonly logs: readonly AdaptedLog[]; readonly found: Map<AdaptedLog, string> },
): Promise<void> {
  const [first] = logs;
  if (!first) return;
  const reason = await findReason(trial, logs);
  if (reason === undefined) return;
  if (logs.length === 1) {
    found.set(first, reason);
    return;
  }
  const middle = logs.length >> 1;
  await isolate(trial, { logs: logs.slice(0, middle), found });
  await isolate(trial, { logs: logs.slice(middle), found });
}

async function findReason({ pool, chainId, lease, batch }: Trial, logs: readonly AdaptedLog[]) {
  const part: Batch = { ...batch, logs, broken: [], contracts: [], verified: [], reads: new Map() };
  const state = createWriterState({ cacheSize: CACHE_SIZE, findDigest: (at) => findDigest(pool, chainId, at) });
  const rows = createRows();
  const content = await prepareBatch(part, { pool, chainId, state, rows, refused: new Map(), distrust: true });
  try {
    await transact(pool, async (client) => {
      await writeContent(client, chainId, { lease, batch: part, content });
      throw new TakenBack();
    });
  } catch (thrown) {
    if (isRefusal(thrown)) return toMessage(thrown);
    if (!(thrown instanceof TakenBack)) throw thrown;
  }
  return undefined;
}

/** The trial went well; nothing of it is to stay. */
class TakenBack extends Error {}

const CACHE_SIZE = 10_000;
