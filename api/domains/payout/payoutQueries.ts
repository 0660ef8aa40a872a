import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import { type ListRequest, type ListTable, toListSql } from '../../database/toListSql.js';
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

export type PayoutFilter = 'network' | 'provider' | 'job' | 'recipient' | 'role';
export type PayoutOrder = 'at' | 'amount';

const payouts = `
  p.chain_id as "chainId", p.height, p.log_index as "logIndex", p.part, p.network_id as "networkId",
  p.provider_id as "providerId", p.job_id as "jobId", p.task_id as task, p.payer, p.recipient, p.role,
  p.token as "tokenId", p.amount, p.time as at, p.tx_hash as transaction
  from payout p
`;

const table: ListTable<PayoutFilter, PayoutOrder> = {
  filters: {
    network: 'p.network_id',
    provider: 'p.provider_id',
    job: 'p.job_id',
    recipient: 'p.recipient',
    role: 'p.role',
  },
  orders: { at: { sql: 'p.time' }, amount: { sql: 'p.amount' } },
  tie: 'p.chain_id $direction, p.height $direction, p.log_index $direction, p.part $direction',
};

export async function listPayouts(
  database: Database,
  request: ListRequest<PayoutFilter, PayoutOrder>,
): Promise<PayoutRow[]> {
  const { tail, parameters } = toListSql(table, request);
  return withEventIds(await database.query<PayoutRow>(`select ${payouts} ${tail}`, parameters));
}

export async function listPayoutsOfProviders(
  database: Database,
  keys: readonly ParentKey[],
): Promise<ChildRow<PayoutRow>[]> {
  const rows = await database.query<ChildRow<PayoutRow>>(
    perParent(`select ${payouts} where p.provider_id = k.parent order by p.height desc, p.log_index desc, p.part desc`),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}

export async function listPayoutsOfJobs(
  database: Database,
  keys: readonly ParentKey[],
): Promise<ChildRow<PayoutRow>[]> {
  const rows = await database.query<ChildRow<PayoutRow>>(
    perParent(`select ${payouts} where p.job_id = k.parent order by p.height, p.log_index, p.part`),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}
