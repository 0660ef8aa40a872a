import { bytes, columnsOf, id, plain, word } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { tieByPlace } from '../../list/places.js';
import { Anomaly } from './Anomaly.js';
import { anomalies, anomalyId } from './anomalyQueries.js';

const a = columnsOf('anomaly', 'a');

export const anomalyList: List = {
  name: 'Anomaly',
  field: 'anomalies',
  one: 'anomaly',
  description: 'What does not fit together, as it stands: a reorganisation may take some back.',
  type: Anomaly,
  ...anomalies,
  by: {
    id: plain({ sql: anomalyId, type: 'text', nullable: false }, 'Id'),
    chain: plain(a.chainId, 'Id of the chain'),
    network: id(a.networkId, 'Id of the network'),
    rule: word({ ...a.rule, sql: 'lower(a.rule)' }, 'The rule that is broken, in lower case'),
    subject: plain({ ...a.subject, nullable: true }, 'Id of what it is about, or an address'),
    token: id({ ...a.token, nullable: true }, 'Id of the token of its amounts'),
    expected: plain({ ...a.expected, nullable: true }, 'What the other facts come to, in base units'),
    got: plain({ ...a.got, nullable: true }, 'What is there instead, in base units'),
    reason: plain({ sql: 'a.reason', type: 'text', nullable: true }, 'In words, where it is about no amount'),
    at: plain(a.time, 'Time of the block'),
    height: plain(a.height, 'Height of the block'),
    transaction: bytes(a.txHash, 'Hash of the transaction'),
  },
  relations: { network: { to: 'Network', meaning: 'The network it happened on', on: 'n.id = a.network_id' } },
  order: { by: 'at', direction: 'desc' },
  tie: [
    ...tieByPlace('a', 'log'),
    { sql: 'a.rule', type: 'text', direction: 'same' },
    { sql: "coalesce(a.subject, '')", type: 'text', direction: 'same' },
  ],
  network: 'a.network_id',
};
