import { columnsOf, id, plain } from '../../list/columns.js';
import { type List, readById, references } from '../../list/List.js';
import { Node } from './Node.js';
import { nodes } from './nodeQueries.js';

const d = columnsOf('node', 'd');

export const nodeList: List = {
  name: 'Node',
  field: 'nodes',
  one: 'node',
  description: 'Machines that work for providers, as the chain names them.',
  type: Node,
  ...nodes,
  reads: {
    ...references,
    terms: ['terms'],
    altered: ['altered'],
    ...readById(['reliability', 'uptimeByDay']),
  },
  by: {
    id: id(d.id, 'Id'),
    nativeId: plain(d.nativeId, "The protocol's own id"),
    chain: plain(d.chainId, 'Id of the chain'),
    network: id(d.networkId, 'Id of the network'),
    provider: id(d.providerId, 'Id of the provider that offers it'),
    active: plain(d.active, 'Whether its provider offers it now'),
    region: plain(d.region, "Where it stands, in the protocol's own words"),
    gpuModel: plain(d.gpuModel, 'GPU as its provider claims it'),
    gpuCount: plain(d.gpuCount, 'How many GPUs it is said to have'),
    vramMb: plain(d.vramMb, 'Memory of one GPU in MiB, as claimed'),
    uri: plain(d.uri, 'Where it says it is reached'),
    createdAt: plain(d.time, 'Time first seen'),
    createdHeight: plain(d.height, 'Height of the block it was first seen in'),
  },
  relations: {
    network: { to: 'Network', meaning: 'The network it works on', on: 'n.id = d.network_id' },
    provider: { to: 'Provider', meaning: 'The provider that offers it', on: 'p.id = d.provider_id' },
  },
  order: { by: 'id', direction: 'asc' },
  tie: [{ sql: 'd.id', type: 'text', direction: 'asc' }],
  network: 'd.network_id',
  counts: {
    '': () => 'select sum(n.nodes) from network n',
    network: (of) => `select sum(n.nodes) from network n where n.id = any(${of('network')})`,
  },
};
