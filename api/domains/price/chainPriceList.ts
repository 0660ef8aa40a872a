import { columnsOf, id, place, plain, word } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { identified, tieByPlace } from '../../list/places.js';
import { ChainPrice } from './ChainPrice.js';
import { chainPrices } from './chainPriceQueries.js';

const r = columnsOf('price', 'r');

export const chainPriceList: List = {
  name: 'ChainPrice',
  field: 'prices',
  one: 'price',
  description: 'Prices that logs name: asks, bids and what was settled, on all networks or some.',
  type: ChainPrice,
  ...chainPrices,
  by: {
    id: place('r', 'part'),
    chain: plain(r.chainId, 'Id of the chain'),
    network: id(r.networkId, 'Id of the network'),
    provider: id(r.providerId, 'Id of the provider whose price it is'),
    node: id(r.nodeId, 'Id of the node it is for'),
    job: id(r.jobId, 'Id of the job it is for'),
    basis: word(r.basis, 'advertised, bid or settled'),
    unit: word(r.unit, 'What it buys: second, hour, task, token, pixel or epoch'),
    resource: plain(r.resource, 'What of it is priced'),
    token: id(r.token, 'Id of its token'),
    amount: plain(r.amount, 'Base units for one unit: compare inside one token and unit only'),
    at: plain(r.time, 'Time of the block'),
    height: plain(r.height, 'Height of the block'),
  },
  relations: {
    network: { to: 'Network', meaning: 'The network it was named on', on: 'n.id = r.network_id' },
    provider: { to: 'Provider', meaning: 'The provider whose price it is', on: 'p.id = r.provider_id' },
    job: { to: 'Job', meaning: 'The job it is for', on: 'j.id = r.job_id' },
  },
  order: { by: 'at', direction: 'desc' },
  tie: tieByPlace('r', 'part'),
  network: 'r.network_id',
  ...identified('part'),
};
