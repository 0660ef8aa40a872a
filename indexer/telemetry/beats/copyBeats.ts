import type pg from 'pg';
import { CopyBuffer } from '../../writer/CopyBuffer.js';
import { copyBinary } from '../../writer/copyBinary.js';
import type { AcceptedBatch } from './AcceptedBatch.js';

type BatchToCopy = Pick<AcceptedBatch, 'delegationKey' | 'counter' | 'observer' | 'beats'>;

/** Adds a raw row for each beat. Nothing finds doubles here: `beat_batch` has to, in the same transaction. */
export async function copyBeats(client: pg.ClientBase, batches: readonly BatchToCopy[]): Promise<void> {
  let beats = 0;
  for (const batch of batches) beats += batch.beats.length;
  const rows = new CopyBuffer(statement, COLUMNS, 64 + beats * MAX_ROW_BYTES);
  const digest = Buffer.from('000000080000000000000000', 'hex');
  for (const { delegationKey, counter, observer, beats } of batches) {
    for (const beat of beats) {
      rows.startRow();
      digest.writeBigInt64BE(beat.digest, 4);
      rows.raw(digest);
      rows.int32(beat.nodeKey);
      rows.int32(beat.slot);
      rows.int32(delegationKey);
      rows.int32(counter);
      rows.integer(beat.rttUs);
      rows.int16(beat.sentCs);
      rows.int16(beat.receivedCs);
      rows.smallint(beat.utilPermille);
      rows.smallint(beat.memoryPermille);
      rows.smallint(beat.jobs);
      rows.int16(observer);
    }
  }
  await copyBinary(client, rows);
}

const statement = `copy heartbeat (digest, node_key, slot, delegation_key, counter, rtt_us, sent_cs, received_cs,
  util_permille, memory_permille, jobs, observer) from stdin with (format binary)`;
const COLUMNS = 12;
/** A count, then twelve lengths with 8, 5 × 4 and 6 × 2 bytes of values. */
const MAX_ROW_BYTES = 2 + COLUMNS * 4 + 8 + 5 * 4 + 6 * 2;
