import type pg from 'pg';
import { RetryableError, toMessage } from '../../schema/lib/errors.js';
import type { Runtime } from '../lib/runtime.js';
import { readStanding } from './cursor.js';
import { isOutage } from './outage.js';
import type { Content } from './prepareBatch.js';
import { type Batch, CursorMovedError, type Lease } from './Store.js';
import { CommitLostError, transact } from './transact.js';
import { writeContent } from './writeContent.js';

/** Writes a batch in one transaction. A commit without an answer is looked after until it is known what came of it. */
export async function commitBatch(options: {
  readonly pool: pg.Pool;
  readonly chainId: number;
  readonly runtime: Runtime;
  readonly lease: Lease;
  readonly batch: Batch;
  readonly content: Content;
}): Promise<void> {
  const { pool, chainId, lease, batch, content } = options;
  try {
    await transact(pool, (client) => writeContent(client, chainId, { lease, batch, content }));
  } catch (thrown) {
    if (!(thrown instanceof CommitLostError)) throw thrown;
    await settle(options, thrown);
  }
}

/** Reads where the cursor stands: on the batch's last block it is stored, on the one before it is not. */
async function settle(
  { pool, chainId, runtime, lease, batch }: Parameters<typeof commitBatch>[0],
  lost: CommitLostError,
): Promise<void> {
  const { cursor } = await readPatiently({ pool, chainId, runtime, lost });
  if (cursor?.height === batch.last.height && cursor.hash === batch.last.hash) return;
  if (cursor?.hash === batch.after?.hash) {
    throw new RetryableError(`The connection broke before the batch was stored: ${lost.message}`, { cause: lost });
  }
  throw new CursorMovedError(
    `Expected the cursor of chain ${chainId} at ${batch.last.height} or as before, found it at ${cursor?.height ?? 'the start'} under lease epoch ${lease.epoch}: another indexer moved it.`,
  );
}

/** The database may be starting again. */
async function readPatiently({
  pool,
  chainId,
  runtime,
  lost,
}: Pick<Parameters<typeof commitBatch>[0], 'pool' | 'chainId' | 'runtime'> & { readonly lost: Error }) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readStanding(pool, chainId);
    } catch (thrown) {
      if (!isOutage(thrown)) throw thrown;
      if (attempt === MAX_READS) {
        throw new RetryableError(
          `The connection broke at the commit (${lost.message}), and the database does not say what came of it: ${toMessage(thrown)}`,
          { cause: thrown },
        );
      }
      await runtime.sleep(PAUSE_MS * attempt);
    }
  }
}

/** About 14 s in all: a server that recovers from a crash is back by then, or an operator is needed. */
const MAX_READS = 10;
const PAUSE_MS = 250;
