import type pg from 'pg';
import { findHardwareGaps } from '../../../schema/heartbeat/findHardwareGaps.js';
import { SLOTS_PER_HOUR, toHour } from '../../../schema/heartbeat/slots.js';

/** Flags machines that said within these slots, both included, that they are less than the chain has of them. */
export async function flagHardware(
  client: pg.ClientBase,
  { fromSlot, toSlot }: { readonly fromSlot: number; readonly toSlot: number },
): Promise<void> {
  const { rows } = await client.query<Said>(listSaid, [fromSlot, toSlot]);
  const odd = rows.flatMap((row) => {
    const claimed = { gpuModel: row.claimed_model, gpuCount: row.claimed_count, vramMb: row.claimed_vram };
    const said = { gpuModel: row.gpu_model, gpuCount: row.gpu_count, vramMb: row.vram_mb };
    const gaps = findHardwareGaps(claimed, said);
    return gaps.length === 0 ? [] : [{ ...row, detail: JSON.stringify({ gaps, claimed, said }) }];
  });
  if (odd.length === 0) return;
  await client.query(addHardware, [
    odd.map((row) => row.node_key),
    odd.map(({ slot }) => toHour(slot)),
    odd.map(({ slot }) => String(1n << BigInt(slot % SLOTS_PER_HOUR))),
    odd.map(({ detail }) => detail),
  ]);
}

interface Said {
  readonly node_key: number;
  readonly slot: number;
  readonly gpu_model: string | null;
  readonly gpu_count: number;
  readonly vram_mb: number | null;
  readonly claimed_model: string | null;
  readonly claimed_count: number | null;
  readonly claimed_vram: number | null;
}

/** Of a provider without machines the chain claims none. */
const listSaid = `
  select k.node_key, k.slot, k.gpu_model, k.gpu_count, k.vram_mb, n.gpu_model as claimed_model,
    n.gpu_count as claimed_count, n.vram_mb as claimed_vram
  from node_hardware k
  join heartbeat_node h on h.node_key = k.node_key
  join node n on n.id = h.node_id
  where k.slot between $1 and $2 and (n.gpu_model is not null or n.gpu_count is not null or n.vram_mb is not null)
  order by k.node_key
`;

/** What is new is marked, for its hour may be closed and rolled already. */
const addHardware = `
  with flagged as (
    insert into beat_flag as f (node_key, hour, reason, slots, detail)
    select node_key, hour, 'hardware', slots, detail
    from unnest($1::int[], $2::int[], $3::bigint[], $4::jsonb[]) as given (node_key, hour, slots, detail)
    on conflict (node_key, hour, reason) do update set slots = f.slots | excluded.slots, detail = excluded.detail
    where f.slots <> (f.slots | excluded.slots) or f.detail <> excluded.detail
    returning f.node_key, f.hour
  )
  insert into mark (family, subject, hour)
  select distinct 'uptime', n.network_id, to_timestamp(f.hour * 3600::bigint)
  from flagged f
  join heartbeat_node n on n.node_key = f.node_key
`;
