import type pg from 'pg';
import type { FlagReason } from '../../../schema/heartbeat/flagReasons.js';
import type { AcceptedBatch } from './AcceptedBatch.js';
import { toInt4Array, toInt8Array } from './binaryArrays.js';
import { toHourBits } from './writeHours.js';

/** Flags the nodes of these batches in the slots that they name. Doing it again changes nothing. */
export async function flagNodes(
  client: pg.ClientBase,
  batches: readonly Pick<AcceptedBatch, 'beats'>[],
  reason: FlagReason,
): Promise<void> {
  const rows = toHourBits(batches.map(({ beats }) => ({ observer: 0, beats })));
  if (rows.length === 0) return;
  await client.query(
    `insert into beat_flag as flag (node_key, hour, reason, slots)
     select node_key, hour, $4, slots from unnest($1::int[], $2::int[], $3::bigint[]) as given (node_key, hour, slots)
     order by node_key, hour
     on conflict (node_key, hour, reason) do update set slots = flag.slots | excluded.slots`,
    [
      toInt4Array(rows, (row) => row.nodeKey),
      toInt4Array(rows, (row) => row.hour),
      toInt8Array(rows, (row) => row.up | row.late),
      reason,
    ],
  );
}
