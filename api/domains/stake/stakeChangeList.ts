import { bytes, columnsOf, id, place, plain, word } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { identified, tieByPlace } from '../../list/places.js';
import { StakeChange } from './StakeChange.js';
import { stakeChanges } from './stakeChangeQueries.js';

const s = columnsOf('stake_change', 's');

export const stakeChangeList: List = {
  name: 'StakeChange',
  field: 'stakeChanges',
  one: 'stakeChange',
  description: 'Movements of stake, on all networks or some.',
  type: StakeChange,
  ...stakeChanges,
  by: {
    id: place('s', 'part'),
    chain: plain(s.chainId, 'Id of the chain'),
    network: id(s.networkId, 'Id of the network'),
    provider: id(s.providerId, 'Id of the provider whose bonded stake it changes'),
    node: id(s.nodeId, 'Id of the node whose stake it is'),
    task: id(s.taskId, 'Id of the task it is for'),
    account: bytes(s.account, 'Address whose stake moved'),
    kind: word(s.kind, 'Kind of the movement'),
    token: id(s.token, 'Id of its token'),
    amount: plain(s.amount, 'Base units: compare inside one token only'),
    delta: plain(s.delta, "Signed effect on the provider's bonded stake, in base units"),
    at: plain(s.time, 'Time of the block'),
    height: plain(s.height, 'Height of the block'),
    transaction: bytes(s.txHash, 'Hash of the transaction'),
  },
  relations: {
    network: { to: 'Network', meaning: 'The network it happened on', on: 'n.id = s.network_id' },
    provider: {
      to: 'Provider',
      meaning: 'The provider whose bonded stake it changes',
      on: 'p.id = s.provider_id',
    },
  },
  order: { by: 'at', direction: 'desc' },
  tie: tieByPlace('s', 'part'),
  network: 's.network_id',
  ...identified('part'),
};
