import type { EventKey } from '../../database/withEventIds.js';

/** What resolvers read of a change of a rule; the other columns leave under the names they are selected with. */
export interface ParameterChangeRow extends EventKey {
  readonly networkId: string;
}

export const parameterChanges = {
  columns: `
    g.chain_id as "chainId", g.height, g.log_index as "logIndex", g.part, g.network_id as "networkId", g.name, g.value,
    g.time as at, g.tx_hash as transaction
  `,
  from: 'from parameter_change g',
};
