import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import { type EventKey, withEventIds } from '../../database/withEventIds.js';

/** What resolvers read of a stake change; the other columns leave under the names they are selected with. */
export interface StakeChangeRow extends EventKey {
  readonly networkId: string;
  readonly providerId: string | null;
  readonly tokenId: string;
  readonly amount: string;
  readonly at: Date;
}

export const stakeChanges = {
  columns: `
    s.chain_id as "chainId", s.height, s.log_index as "logIndex", s.part, s.network_id as "networkId",
    s.provider_id as "providerId", s.node_id as node, s.account, s.kind, s.token as "tokenId", s.amount, s.delta,
    s.time as at, s.tx_hash as transaction
  `,
  from: 'from stake_change s',
};

export async function listStakeChangesOfProviders(
  database: Database,
  keys: readonly ParentKey[],
): Promise<ChildRow<StakeChangeRow>[]> {
  const rows = await database.query<ChildRow<StakeChangeRow>>(
    perParent(
      `select ${stakeChanges.columns} ${stakeChanges.from} where s.provider_id = k.parent
        order by s.height desc, s.log_index desc, s.part desc`,
    ),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}
