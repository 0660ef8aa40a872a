import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import type { Database } from '../../database/createDatabase.js';
import type { ChildRow } from '../../database/perParent.js';
import { countBits } from './bits.js';
import type { SlotCounts } from './slotCounts.js';
import { type Subject, subjects } from './subjects.js';

/** One hour, by its number, of all nodes of a subject; bitmaps as text, for they are longer than a number. */
export interface HourRow extends SlotCounts {
  readonly hour: number;
  readonly nodes: number;
  readonly upBits: string;
  /** Down without maintenance, and within it. */
  readonly downBits: string;
  readonly announcedBits: string;
  readonly dueBits: string;
}

/** Settled hours of one UTC day of subjects of one kind, oldest first. By the key of node_verdict. */
export function listUptimeByHour(
  database: Database,
  { kind, ids, day }: { readonly kind: Subject['kind']; readonly ids: readonly string[]; readonly day: number },
): Promise<ChildRow<HourRow>[]> {
  const isMaintained = 'coalesce(v.maintenance, 0)';
  return database.query(
    `with subject as (${subjects[kind]})
    select s.ordinal, v.hour, (count(*) filter (where v.expected <> 0))::int as nodes,
      sum(${countBits('v.up')}) as up, sum(${countBits('v.known')}) as known, sum(${countBits('v.expected')}) as expected,
      sum(${countBits(`${isMaintained} & v.known`)}) as maintenance, sum(${countBits(`${isMaintained} & v.up`)}) as "maintenanceUp",
      bit_or(v.up)::text as "upBits", bit_or(v.known & ~v.up & ~${isMaintained})::text as "downBits",
      bit_or(v.known & ~v.up & ${isMaintained})::text as "announcedBits", bit_or(v.expected)::text as "dueBits"
    from subject s join node_verdict v on v.node_key = s.node_key and v.hour between $2::int and $3::int
    group by s.ordinal, v.hour order by s.ordinal, v.hour`,
    [ids, day * HOURS_PER_DAY, day * HOURS_PER_DAY + HOURS_PER_DAY - 1],
  );
}

export interface NoticeRow {
  readonly node: string;
  readonly fromSlot: number;
  readonly toSlot: number;
  readonly account: string;
  readonly announcedAt: Date;
}

/** Announced maintenance of subjects of one kind, the latest first, so many of each. By the key of maintenance_notice. */
export function listNotices(
  database: Database,
  { kind, ids, first }: { readonly kind: Subject['kind']; readonly ids: readonly string[]; readonly first: number },
): Promise<ChildRow<NoticeRow>[]> {
  return database.query(
    `with subject as (${subjects[kind]})
    select o.ordinal, notice.*
    from (select distinct ordinal from subject) o
    cross join lateral (
      select h.node_id as node, m.from_slot as "fromSlot", m.to_slot as "toSlot", '0x' || encode(m.account, 'hex') as account,
        m.received_at as "announcedAt"
      from subject s join maintenance_notice m on m.node_key = s.node_key join heartbeat_node h on h.node_key = s.node_key
      where s.ordinal = o.ordinal
      order by m.from_slot desc, m.to_slot desc, h.node_id limit $2
    ) as notice
    order by o.ordinal, notice."fromSlot" desc, notice."toSlot" desc, notice.node`,
    [ids, first],
  );
}
