import { bytes, columnsOf, id, place, plain } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { identified, tieByPlace } from '../../list/places.js';
import { ParameterChange } from './ParameterChange.js';
import { parameterChanges } from './parameterChangeQueries.js';

const g = columnsOf('parameter_change', 'g');

export const parameterChangeList: List = {
  name: 'ParameterChange',
  field: 'parameterChanges',
  one: 'parameterChange',
  description: 'Rules of protocols that were changed on chain.',
  type: ParameterChange,
  ...parameterChanges,
  by: {
    id: place('g', 'part'),
    chain: plain(g.chainId, 'Id of the chain'),
    network: id(g.networkId, 'Id of the network'),
    name: plain(g.name, 'Which rule'),
    value: plain(g.value, 'What it is from then on'),
    at: plain(g.time, 'Time of the block'),
    height: plain(g.height, 'Height of the block'),
    transaction: bytes(g.txHash, 'Hash of the transaction'),
  },
  relations: { network: { to: 'Network', meaning: 'The network whose rule it is', on: 'n.id = g.network_id' } },
  order: { by: 'at', direction: 'desc' },
  tie: tieByPlace('g', 'part'),
  network: 'g.network_id',
  ...identified('part'),
};
