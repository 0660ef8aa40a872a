import type { FlagReason } from '../../../schema/heartbeat/flagReasons.js';
import type { Database } from '../../database/createDatabase.js';
import type { ChildRow } from '../../database/perParent.js';
import { countBits, toFirstSlot, toLastSlot } from './bits.js';
import { type Subject, subjects } from './subjects.js';

export interface FlagRow {
  readonly reason: FlagReason;
  readonly fromSlot: number;
  readonly toSlot: number;
  readonly slots: number;
}

/** What was odd about subjects' beats from an hour on, the latest first; by the key of beat_flag. */
export function listFlags(
  database: Database,
  {
    kind,
    ids,
    fromHour,
  }: { readonly kind: Subject['kind']; readonly ids: readonly string[]; readonly fromHour: number },
): Promise<ChildRow<FlagRow>[]> {
  return database.query(
    `with subject as (${subjects[kind]})
    select s.ordinal, f.reason, min(${toFirstSlot('f.hour', 'f.slots')}) as "fromSlot",
      max(${toLastSlot('f.hour', 'f.slots')}) as "toSlot", sum(${countBits('f.slots')}) as slots
    from subject s join beat_flag f on f.node_key = s.node_key and f.hour >= $2 and f.slots <> 0
    group by s.ordinal, f.reason order by s.ordinal, "toSlot" desc, f.reason`,
    [ids, fromHour],
  );
}
