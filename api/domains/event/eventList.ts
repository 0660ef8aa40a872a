import { bytes, columnsOf, id, place, plain } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { identified, tieByPlace } from '../../list/places.js';
import { Event } from './Event.js';
import { events } from './eventQueries.js';

const e = columnsOf('event', 'e');

export const eventList: List = {
  name: 'Event',
  field: 'events',
  one: 'event',
  description: 'Logs of contracts, decoded, on all networks or some.',
  type: Event,
  ...events,
  by: {
    id: place('e', 'log'),
    chain: plain(e.chainId, 'Id of the chain'),
    network: id(e.networkId, 'Id of the network'),
    provider: id(e.providerId, 'Id of the provider it speaks of'),
    node: id(e.nodeId, 'Id of the node it speaks of'),
    job: id(e.jobId, 'Id of the job it speaks of'),
    task: id(e.taskId, 'Id of the task it speaks of'),
    name: plain(e.name, "The contract's own name for it"),
    kind: plain(e.kind, 'What it came to mean'),
    address: bytes(e.address, 'Address of the contract'),
    at: plain(e.time, 'Time of the block'),
    height: plain(e.height, 'Height of the block'),
    blockHash: bytes(e.blockHash, 'Hash of the block'),
    transaction: bytes(e.txHash, 'Hash of the transaction'),
  },
  relations: {
    network: { to: 'Network', meaning: 'The network whose contract it came from', on: 'n.id = e.network_id' },
    provider: { to: 'Provider', meaning: 'The provider it speaks of', on: 'p.id = e.provider_id' },
    job: { to: 'Job', meaning: 'The job it speaks of', on: 'j.id = e.job_id' },
  },
  order: { by: 'id', direction: 'desc' },
  tie: tieByPlace('e', 'log'),
  network: 'e.network_id',
  ...identified('log'),
};
