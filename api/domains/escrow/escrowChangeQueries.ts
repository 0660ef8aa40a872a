import type { EventKey } from '../../database/withEventIds.js';

/** What resolvers read of a movement of escrow; the other columns leave under the names they are selected with. */
export interface EscrowChangeRow extends EventKey {
  readonly networkId: string;
  readonly jobId: string | null;
  readonly tokenId: string;
  readonly amount: string;
  readonly at: Date;
}

export const escrowChanges = {
  columns: `
    x.chain_id as "chainId", x.height, x.log_index as "logIndex", x.part, x.network_id as "networkId",
    x.job_id as "jobId", x.account, x.subaccount, x.kind, x.token as "tokenId", x.amount, x.delta, x.time as at,
    x.tx_hash as transaction
  `,
  from: 'from escrow_change x',
};
