import type { EventKey } from '../../database/withEventIds.js';
import type { PriceRow } from '../token/Price.js';

/** What resolvers read of a price; the other columns leave under the names they are selected with. */
export interface ChainPriceRow extends EventKey, Omit<PriceRow, 'place'> {
  readonly networkId: string;
  readonly providerId: string | null;
  readonly jobId: string | null;
  readonly at: Date;
}

/** A price of `gpu` is for one; a machine's is for all that it had when a log priced it. */
export const chainPrices = {
  columns: `
    r.chain_id as "chainId", r.height, r.log_index as "logIndex", r.part, r.network_id as "networkId",
    r.provider_id as "providerId", r.node_id as node, r.job_id as "jobId", r.basis, r.resource, r.unit,
    r.token as "tokenId", r.amount, r.scale, r.time as at,
    case when r.resource = 'gpu' then 1 when r.resource is null then (
      select v.gpu_count from node_version v
      where v.node_id = r.node_id and v.height_from <= r.height and (v.height_to is null or v.height_to > r.height)
    ) end as "gpuCount"
  `,
  from: 'from price r',
};
