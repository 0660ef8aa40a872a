import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import { type EventKey, withEventIds } from '../../database/withEventIds.js';

export async function listEventsOfJobs(database: Database, keys: readonly ParentKey[]): Promise<ChildRow<EventKey>[]> {
  const rows = await database.query<ChildRow<EventKey>>(
    perParent(`
      select e.chain_id as "chainId", e.height, e.log_index as "logIndex", e.name, e.kind, e.address,
        e.tx_hash as transaction, e.time as at, e.args
      from event e
      where e.job_id = k.parent
      order by e.height, e.log_index
    `),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}
