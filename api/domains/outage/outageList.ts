import { columnsOf, id, plain } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { Outage } from './Outage.js';
import { outageFrom, outageProvider, outages, outageTo } from './outageQueries.js';

const y = columnsOf('outage', 'y');
const h = columnsOf('heartbeat_node', 'h');

export const outageList: List = {
  name: 'Outage',
  field: 'outages',
  description: 'When nodes were down, by their heartbeats; see docs/rolling.md for what is known.',
  type: Outage,
  ...outages,
  by: {
    node: id(h.nodeId, 'Id of the node'),
    network: id(h.networkId, 'Id of the network'),
    provider: id({ sql: outageProvider, type: 'text', nullable: true }, 'Id of the provider whose node it is'),
    from: plain({ sql: outageFrom, type: 'timestamptz', nullable: false }, 'Begin of its first minute', {
      sortBy: y.fromSlot,
    }),
    to: plain({ sql: outageTo, type: 'timestamptz', nullable: false }, 'End of its last minute', {
      sortBy: y.lastSlot,
    }),
    minutes: plain(y.down, 'Minutes of it that were down'),
    ended: plain(y.ended, 'Whether the node was heard again since'),
  },
  relations: { network: { to: 'Network', meaning: 'The network it works on', on: 'n.id = h.network_id' } },
  order: { by: 'to', direction: 'desc' },
  tie: [
    { sql: 'y.node_key', type: 'integer', direction: 'same' },
    { sql: 'y.from_slot', type: 'integer', direction: 'same' },
  ],
  network: 'h.network_id',
};
