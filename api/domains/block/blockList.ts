import { bytes, columnsOf, place, plain } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { tieByPlace } from '../../list/places.js';
import { Block } from './Block.js';
import { blocks } from './blockQueries.js';

const b = columnsOf('block', 'b');

export const blockList: List = {
  name: 'Block',
  field: 'blocks',
  one: 'block',
  description: 'Headers of the blocks that carry facts and of the recent ones, on all chains or one.',
  type: Block,
  ...blocks,
  by: {
    id: place('b', 'block'),
    chain: plain(b.chainId, 'Id of the chain'),
    number: plain(b.height, 'Height'),
    hash: bytes(b.hash, 'Hash'),
    parentHash: bytes(b.parentHash, 'Hash of the block before'),
    timestamp: plain(b.time, 'Time'),
  },
  order: { by: 'id', direction: 'desc' },
  tie: tieByPlace('b', 'block'),
};
