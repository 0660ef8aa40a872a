import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import { type EventKey, withEventIds } from '../../database/withEventIds.js';

/** What resolvers read of an event; the other columns leave under the names they are selected with. */
export interface EventRow extends EventKey {
  readonly networkId: string;
}

export const events = {
  columns: `
    e.chain_id as "chainId", e.height, e.log_index as "logIndex", e.network_id as "networkId", e.name, e.kind, e.address,
    e.tx_hash as transaction, e.block_hash as "blockHash", e.time as at, e.args, e.provider_id as provider,
    e.node_id as node, e.job_id as job, e.task_id as task
  `,
  from: 'from event e',
};

export async function listEventsOfJobs(database: Database, keys: readonly ParentKey[]): Promise<ChildRow<EventRow>[]> {
  const rows = await database.query<ChildRow<EventRow>>(
    perParent(`
      select ${events.columns} ${events.from} where e.job_id = k.parent
      order by e.height, e.log_index
    `),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}
