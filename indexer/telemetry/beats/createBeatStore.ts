import type pg from 'pg';
import { RetryableError, toMessage } from '../../../schema/lib/errors.js';
import type { Log } from '../../../schema/lib/log.js';
import { createBackoff } from '../../lib/backoff.js';
import type { Runtime } from '../../lib/runtime.js';
import { isOutage } from '../../writer/outage.js';
import { CommitLostError, transact } from '../../writer/transact.js';
import type { AcceptedBatch, BatchOutcome } from './AcceptedBatch.js';
import { claimBatches } from './claimBatches.js';
import { copyBeats } from './copyBeats.js';
import { flagNodes } from './flagNodes.js';
import { ensureSlots } from './partitions.js';
import { type AliveSeconds, writeAlive } from './writeAlive.js';
import { writeHardware } from './writeHardware.js';
import { toHourBits, writeHours } from './writeHours.js';

export interface BeatStore {
  /**
   * Commits all of it in one transaction, durable when it resolves, with an outcome for each batch. What was committed
   * before, by whomever, is not written again. An outage is tried again for a few seconds, then RetryableError: what of it
   * is stored is unknown then, and the same call may be made again.
   */
  write(batches: readonly AcceptedBatch[], alive?: readonly AliveSeconds[]): Promise<readonly BatchOutcome[]>;
}

export interface BeatStoreOptions {
  readonly pool: pg.Pool;
  readonly runtime: Runtime;
  readonly log?: Log;
  /** How long an outage is tried again. */
  readonly giveUpMs?: number;
}

export function createBeatStore({ pool, runtime, log, giveUpMs = 3_000 }: BeatStoreOptions): BeatStore {
  return {
    async write(batches, alive = []) {
      const giveUpAt = runtime.now() + giveUpMs;
      const backoff = createBackoff({ firstMs: 20, maxMs: 1_000, runtime });
      /** Positions of those whose commit nobody answered: found again, they are ours. */
      const unsure = new Set<number>();
      const isOurs = (position: number, outcome: BatchOutcome) => outcome === 'duplicate' && unsure.has(position);
      let isWithoutPartition = false;
      for (;;) {
        let outcomes: readonly BatchOutcome[] = [];
        try {
          if (isWithoutPartition) await makePartitions(pool, batches);
          await transact(pool, async (client) => {
            outcomes = await writeAll(client, batches, alive);
          });
          return outcomes.map((outcome, position) => (isOurs(position, outcome) ? 'written' : outcome));
        } catch (thrown) {
          if (thrown instanceof CommitLostError) {
            for (const [position, outcome] of outcomes.entries()) if (outcome === 'written') unsure.add(position);
          } else if (isMissingPartition(thrown) && !isWithoutPartition) {
            isWithoutPartition = true;
            continue;
          } else if (!isOutage(thrown)) throw thrown;
          const reason = toMessage(thrown);
          if (runtime.now() >= giveUpAt) throw toRetryable(reason, thrown);
          log?.warn({ reason, batches: batches.length }, 'heartbeats wait for the database');
          await backoff.wait(never);
        }
      }
    },
  };
}

async function writeAll(
  client: pg.ClientBase,
  batches: readonly AcceptedBatch[],
  alive: readonly AliveSeconds[],
): Promise<readonly BatchOutcome[]> {
  // Whatever the server's default is: what is acknowledged must not be lost with its memory.
  await client.query('set local synchronous_commit = on');
  const outcomes = await claimBatches(client, batches);
  const fresh = batches.filter((_, index) => outcomes[index] === 'written');
  const odd = batches.filter((_, index) => outcomes[index] === 'conflict');
  await copyBeats(client, fresh);
  await writeHours(client, toHourBits(fresh));
  await writeHardware(client, fresh);
  await flagNodes(client, odd, 'counterReused');
  await writeAlive(client, alive);
  return outcomes;
}

/** What a stream hands out late may be of a day whose partition is gone. */
async function makePartitions(pool: pg.Pool, batches: readonly AcceptedBatch[]): Promise<void> {
  const slots = batches.flatMap(({ firstSlot, lastSlot }) => [firstSlot, lastSlot]);
  for (const slot of new Set(slots)) await ensureSlots(pool, slot, slot);
}

/** A partitioned table says by a check that failed that no part of it takes a row. */
function isMissingPartition(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown as { code?: unknown }).code === '23514';
}

function toRetryable(reason: string, cause: unknown): RetryableError {
  return new RetryableError(`The database is out of reach: ${reason}`, { cause });
}

const never = new AbortController().signal;
