import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import { type EventKey, withEventIds } from '../../database/withEventIds.js';

/** What resolvers read of a payout; the other columns leave under the names they are selected with. */
export interface PayoutRow extends EventKey {
  readonly networkId: string;
  readonly providerId: string | null;
  readonly jobId: string | null;
  readonly tokenId: string;
  readonly amount: string;
  readonly at: Date;
}

export const payouts = {
  columns: `
    o.chain_id as "chainId", o.height, o.log_index as "logIndex", o.part, o.network_id as "networkId",
    o.provider_id as "providerId", o.job_id as "jobId", o.task_id as task, o.payer, o.recipient, o.role,
    o.token as "tokenId", o.amount, o.time as at, o.tx_hash as transaction
  `,
  from: 'from payout o',
};

const select = `select ${payouts.columns} ${payouts.from}`;

export async function listPayoutsOfProviders(
  database: Database,
  keys: readonly ParentKey[],
): Promise<ChildRow<PayoutRow>[]> {
  const rows = await database.query<ChildRow<PayoutRow>>(
    perParent(`${select} where o.provider_id = k.parent order by o.height desc, o.log_index desc, o.part desc`),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}

export async function listPayoutsOfJobs(
  database: Database,
  keys: readonly ParentKey[],
): Promise<ChildRow<PayoutRow>[]> {
  const rows = await database.query<ChildRow<PayoutRow>>(
    perParent(`${select} where o.job_id = k.parent order by o.height, o.log_index, o.part`),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}
