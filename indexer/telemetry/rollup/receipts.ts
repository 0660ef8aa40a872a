import type pg from 'pg';
import { SLOTS_PER_HOUR } from '../../../schema/heartbeat/slots.js';
import type { HourRange } from './HourRange.js';

/** How many nodes of a network one observer heard in each slot of an hour. */
export interface Receipts {
  readonly hour: number;
  readonly observer: number;
  readonly receipts: readonly number[];
}

/** Of hours that are in node_hour; observers that heard nothing have none. */
export async function countReceipts(
  client: pg.ClientBase,
  networkId: string,
  { fromHour, toHour }: HourRange,
): Promise<readonly Receipts[]> {
  const { rows } = await client.query<{ hour: number; observer: number; sums: string[] }>(countSql, [
    networkId,
    fromHour,
    toHour,
  ]);
  return rows.map(({ hour, observer, sums }) => ({ hour, observer, receipts: unpack(sums.map(BigInt)) }));
}

/** Three counts of twenty bits to a sum: a third of the additions, for up to a million nodes. */
const COUNTERS = 3;
const WIDTH = SLOTS_PER_HOUR / COUNTERS;
const counterMask = (1n << BigInt(WIDTH)) - 1n;
const pickMask = 1n | (1n << BigInt(WIDTH)) | (1n << BigInt(2 * WIDTH));

const sums = Array.from({ length: WIDTH }, (_, shift) => `sum((h.up >> ${shift}) & ${pickMask})::text`);

const countSql = `
  select h.hour, h.observer, array[${sums.join(', ')}] as sums
  from node_hour h
  join heartbeat_node n on n.node_key = h.node_key and n.network_id = $1
  where h.hour between $2 and $3
  group by h.hour, h.observer
`;

function unpack(packed: readonly bigint[]): readonly number[] {
  return Array.from({ length: SLOTS_PER_HOUR }, (_, slot) => {
    const sum = packed[slot % WIDTH] ?? 0n;
    return Number((sum >> BigInt(WIDTH * Math.floor(slot / WIDTH))) & counterMask);
  });
}
