import { MIN_ALIVE, MIN_USUAL } from '../../../schema/heartbeat/healthySlots.js';
import { SLOTS_PER_HOUR, toHour } from '../../../schema/heartbeat/slots.js';
import type { Database } from '../../database/createDatabase.js';
import { countBits } from './bits.js';
import type { Run } from './collectorQueries.js';

/** What was seen of one network. */
export interface SeenRow {
  readonly networkId: string;
  /** Those in which an observer was there and heard of it what is usual: who was silent in them was silent. */
  readonly slots: readonly number[];
  /** In the last slot an observer was there, and none of those that were heard half of what is usual. */
  readonly unheard: boolean;
}

/**
 * Of every network the slots of a few hours in which its nodes could be seen. Of a closed hour these are the healthy ones; of
 * those that run the same rule is taken (docs/heartbeat.md), with the median of the last closed hour for that of the hour before
 * each slot. node_hour_open holds two or three hours: it is read whole, and three slots are counted with one sum.
 */
export function listSeen(database: Database, { fromSlot, toSlot }: Run): Promise<SeenRow[]> {
  return database.query(
    `with usual as (
      select distinct on (c.network_id, c.observer) c.network_id, c.observer,
        (select percentile_cont(0.5) within group (order by heard) from unnest(c.receipts) as heard) as median
      from network n join network_hour c on c.network_id = n.id and c.hour between $3::int - $4::int and $5::int
      order by c.network_id, c.observer, c.hour desc
    ), heard as (
      select n.network_id, h.observer, h.hour, array[${sums.join(', ')}] as sums
      from node_hour_open h join heartbeat_node n on n.node_key = h.node_key
      where h.hour between $3 and $5
      group by n.network_id, h.observer, h.hour
    ), seen as (
      select n.id, s.slot, case
        when c.hour is not null then (c.healthy >> (s.slot % ${SLOTS_PER_HOUR})) & 1 = 1
        when u.median >= ${MIN_USUAL} then 2 * coalesce(
          (h.sums[s.slot % ${WIDTH} + 1] >> (${WIDTH} * (s.slot % ${SLOTS_PER_HOUR} / ${WIDTH}))) & ${COUNT_MASK}, 0
        ) >= u.median
        else true end as is_heard
      from network n
      cross join observer o
      join observer_slot s on s.observer = o.observer and s.slot between $1 and $2 and ${countBits('s.alive')} >= ${MIN_ALIVE}
      left join network_hour c on c.network_id = n.id and c.hour = s.slot / ${SLOTS_PER_HOUR} and c.observer = o.observer
      left join usual u on u.network_id = n.id and u.observer = o.observer
      left join heard h on h.network_id = n.id and h.hour = s.slot / ${SLOTS_PER_HOUR} and h.observer = o.observer
    )
    select id as "networkId", coalesce(array_agg(distinct slot) filter (where is_heard), '{}') as slots,
      coalesce(not bool_or(is_heard) filter (where slot = $2), false) as unheard
    from seen group by id order by id`,
    [fromSlot, toSlot, toHour(fromSlot), USUAL_HOURS, toHour(toSlot)],
  );
}

/** So far before the first slot the last closed hour may lie: a roller that is behind takes nothing from anybody. */
const USUAL_HOURS = 2;
/** Counts of twenty bits, for up to a million nodes. */
const WIDTH = 20;
const COUNT_MASK = 2 ** WIDTH - 1;
const pickMask = 1n | (1n << BigInt(WIDTH)) | (1n << BigInt(2 * WIDTH));
const sums = Array.from({ length: WIDTH }, (_, shift) => `sum((h.up >> ${shift}) & ${pickMask})::int8`);
