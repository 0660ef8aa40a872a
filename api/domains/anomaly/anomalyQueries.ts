import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';

/** What resolvers read of an anomaly; the other columns leave under the names they are selected with. */
export interface AnomalyRow {
  readonly networkId: string;
  readonly tokenId: string | null;
}

export const anomalyId =
  "(a.chain_id || '-' || a.height || '-' || a.log_index || '-' || a.rule || coalesce('-' || a.subject, ''))";

/** What the check of amounts found, and the logs that the writer found odd. */
export const anomalies = {
  columns: `${anomalyId} as id,
    a.rule, a.subject, a.expected, a.got, a.reason, a.height, a.time as at, a.tx_hash as transaction,
    a.network_id as "networkId", a.token as "tokenId"
  `,
  from: `from (
    select chain_id, height, log_index, rule, subject, network_id, token, expected, got, null::text as reason, time,
      tx_hash
    from anomaly
    union all
    select chain_id, height, log_index, 'sequence', null, network_id, null, null, null, reason, time, tx_hash
    from quarantine where stage = 'odd'
  ) a`,
};

export function listAnomaliesOfChains(database: Database, keys: readonly ParentKey[]): Promise<ChildRow<AnomalyRow>[]> {
  return database.query(
    perParent(`
      select ${anomalies.columns} ${anomalies.from} where a.chain_id = k.parent::bigint
      order by a.height desc, a.log_index desc, a.rule, a.subject`),
    toParentParameters(keys),
  );
}

export function countAnomalies(
  database: Database,
  chainIds: readonly number[],
): Promise<{ readonly id: number; readonly count: number }[]> {
  return database.query(
    `select asked.id,
       (select count(*) from anomaly a where a.chain_id = asked.id)
         + (select count(*) from quarantine q where q.chain_id = asked.id and q.stage = 'odd') as count
     from unnest($1::bigint[]) as asked (id)`,
    [chainIds],
  );
}
