import { bytes, columnsOf, id, place, plain, word } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { identified, tieByPlace } from '../../list/places.js';
import { QuarantinedLog } from './QuarantinedLog.js';
import { quarantinedLogs } from './quarantineQueries.js';

const q = columnsOf('quarantine', 'q');

export const quarantinedLogList: List = {
  name: 'QuarantinedLog',
  field: 'quarantinedLogs',
  one: 'quarantinedLog',
  description: 'Logs that were set aside, with the stage and the reason.',
  type: QuarantinedLog,
  ...quarantinedLogs,
  by: {
    id: place('q', 'log'),
    chain: plain(q.chainId, 'Id of the chain'),
    network: id(q.networkId, 'Id of the network'),
    stage: word(q.stage, 'Where it stopped'),
    reason: plain(q.reason, 'Why'),
    address: bytes(q.address, 'Address of the contract'),
    at: plain(q.time, 'Time of the block'),
    height: plain(q.height, 'Height of the block'),
    blockHash: bytes(q.blockHash, 'Hash of the block'),
    transaction: bytes(q.txHash, 'Hash of the transaction'),
  },
  relations: {
    network: { to: 'Network', meaning: 'The network whose contract it came from', on: 'n.id = q.network_id' },
  },
  order: { by: 'at', direction: 'desc' },
  tie: tieByPlace('q', 'log'),
  network: 'q.network_id',
  ...identified('log'),
};
