import { SLOT_SECONDS } from '../../../schema/heartbeat/slots.js';

/** What resolvers read of an outage; the other columns leave under the names they are selected with. */
export interface OutageRow {
  readonly networkId: string;
  readonly providerId: string | null;
}

/** Begin and end of an outage as times; slots are whole minutes of unix time. */
export const outageFrom = `to_timestamp(y.from_slot::int8 * ${SLOT_SECONDS})`;
export const outageTo = `to_timestamp((y.last_slot::int8 + 1) * ${SLOT_SECONDS})`;
/** Whose a node is the chain says now; of one that it does not know, what it said at its first session. */
export const outageProvider = 'coalesce(d.provider_id, h.provider_id)';

export const outages = {
  columns: `
    h.node_id as node, h.network_id as "networkId", ${outageProvider} as "providerId", ${outageFrom} as "from",
    ${outageTo} as "to", y.down as minutes, y.ended
  `,
  from: 'from outage y join heartbeat_node h on h.node_key = y.node_key left join node d on d.id = h.node_id',
};
