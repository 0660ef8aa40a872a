import type { EventKey } from '../../database/withEventIds.js';

/** What resolvers read of a quarantined log; the other columns leave under the names they are selected with. */
export interface QuarantineRow extends EventKey {
  readonly networkId: string;
}

export const quarantinedLogs = {
  columns: `
    q.chain_id as "chainId", q.height, q.log_index as "logIndex", q.network_id as "networkId", q.stage, q.reason,
    q.address, q.topics, q.data, q.time as at, q.block_hash as "blockHash", q.tx_hash as transaction
  `,
  from: 'from quarantine q',
};
