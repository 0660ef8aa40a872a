import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import { type ListRequest, type ListTable, toListSql } from '../../database/toListSql.js';
import { type EventKey, withEventIds } from '../../database/withEventIds.js';

/** What resolvers read of a stake change; the other columns leave under the names they are selected with. */
export interface StakeChangeRow extends EventKey {
  readonly networkId: string;
  readonly providerId: string | null;
  readonly tokenId: string;
  readonly amount: string;
  readonly at: Date;
}

export type StakeChangeFilter = 'network' | 'provider' | 'account' | 'kind';
export type StakeChangeOrder = 'at' | 'amount';

const stakeChanges = `
  s.chain_id as "chainId", s.height, s.log_index as "logIndex", s.part, s.network_id as "networkId",
  s.provider_id as "providerId", s.node_id as node, s.account, s.kind, s.token as "tokenId", s.amount, s.delta,
  s.time as at, s.tx_hash as transaction
  from stake_change s
`;

const table: ListTable<StakeChangeFilter, StakeChangeOrder> = {
  filters: { network: 's.network_id', provider: 's.provider_id', account: 's.account', kind: 's.kind' },
  orders: { at: { sql: 's.time' }, amount: { sql: 's.amount' } },
  tie: 's.chain_id $direction, s.height $direction, s.log_index $direction, s.part $direction',
};

export async function listStakeChanges(
  database: Database,
  request: ListRequest<StakeChangeFilter, StakeChangeOrder>,
): Promise<StakeChangeRow[]> {
  const { tail, parameters } = toListSql(table, request);
  return withEventIds(await database.query<StakeChangeRow>(`select ${stakeChanges} ${tail}`, parameters));
}

export async function listStakeChangesOfProviders(
  database: Database,
  keys: readonly ParentKey[],
): Promise<ChildRow<StakeChangeRow>[]> {
  const rows = await database.query<ChildRow<StakeChangeRow>>(
    perParent(
      `select ${stakeChanges} where s.provider_id = k.parent order by s.height desc, s.log_index desc, s.part desc`,
    ),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}
