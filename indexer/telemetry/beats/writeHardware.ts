import type pg from 'pg';
import type { BeatHardware } from '../../../schema/heartbeat/parseBatch.js';
import type { AcceptedBatch, AcceptedBeat } from './AcceptedBatch.js';
import { toInt4Array, toInt8Array } from './binaryArrays.js';

type Reported = AcceptedBeat & { readonly hardware: BeatHardware };

/** Keeps what each node has said last about its machine. Of two beats of one slot the smaller digest stands. */
export async function writeHardware(
  client: pg.ClientBase,
  batches: readonly Pick<AcceptedBatch, 'beats'>[],
): Promise<void> {
  const rows = [...listLatest(batches).values()].sort((one, other) => one.nodeKey - other.nodeKey);
  if (rows.length === 0) return;
  await client.query(
    `insert into node_hardware as known (node_key, slot, digest, gpu_model, gpu_count, vram_mb)
     select * from unnest($1::int[], $2::int[], $3::bigint[], $4::text[], $5::int[], $6::int[])
     on conflict (node_key) do update set slot = excluded.slot, digest = excluded.digest,
       gpu_model = excluded.gpu_model, gpu_count = excluded.gpu_count, vram_mb = excluded.vram_mb
     where excluded.slot > known.slot or (excluded.slot = known.slot and excluded.digest < known.digest)`,
    [
      toInt4Array(rows, (row) => row.nodeKey),
      toInt4Array(rows, (row) => row.slot),
      toInt8Array(rows, (row) => row.digest),
      rows.map(({ hardware }) => toModel(hardware.gpuModel)),
      toInt4Array(rows, (row) => row.hardware.gpuCount),
      rows.map(({ hardware }) => hardware.vramMb ?? null),
    ],
  );
}

function listLatest(batches: readonly Pick<AcceptedBatch, 'beats'>[]): ReadonlyMap<number, Reported> {
  const latest = new Map<number, Reported>();
  for (const { beats } of batches) {
    for (const beat of beats) {
      const { hardware } = beat;
      if (!hardware) continue;
      const known = latest.get(beat.nodeKey);
      if (!known || beat.slot > known.slot || (beat.slot === known.slot && beat.digest < known.digest))
        latest.set(beat.nodeKey, { ...beat, hardware });
    }
  }
  return latest;
}

/** Anybody may write anything there; Postgres takes no NUL, and no reader wants what cannot be seen. */
function toModel(given: string | undefined): string | null {
  const shown = given
    ?.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return shown || null;
}
