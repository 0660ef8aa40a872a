import { ifRecorded } from '../../database/records.js';
import { columnsOf, id, plain, type Value, word } from '../../list/columns.js';
import type { List } from '../../list/List.js';
import { Network } from './Network.js';
import { networks } from './networkQueries.js';

const n = columnsOf('network', 'n');
const recorded = (capability: Parameters<typeof ifRecorded>[0], { sql, type }: Value): Value => ({
  sql: `(${ifRecorded(capability, sql)})`,
  ...{ type, nullable: true },
});
const jobCount = recorded('jobs', n.jobs);

export const networkList: List = {
  name: 'Network',
  field: 'networks',
  description: 'The networks that are indexed.',
  type: Network,
  ...networks,
  by: {
    id: id(n.id, 'Id'),
    chain: plain(n.chainId, 'Id of the chain'),
    protocol: word(n.protocol, 'The protocol, such as iexec'),
    title: plain(n.title, 'Name for people'),
    recorded: plain(n.recorded, 'Whether it is a recorded history'),
    providerCount: plain(n.providers, 'Providers ever seen'),
    nodeCount: plain(recorded('nodes', n.nodes), 'Nodes ever seen'),
    jobCount: plain(jobCount, 'Jobs ever agreed'),
    taskCount: plain(recorded('jobs', n.tasks), 'Tasks of all jobs'),
    tasksCompleted: plain(recorded('jobs', n.tasksCompleted), 'Tasks completed'),
    stake: plain(recorded('stake', n.stake), 'Bonded stake now, in base units of its own token'),
    paid: plain(recorded('payout', n.paid), 'Paid for work so far, in base units of its own token'),
    jobs: plain(jobCount, 'Jobs ever agreed', { only: 'sort', deprecated: 'jobCount' }),
    providers: plain(n.providers, 'Providers ever seen', { only: 'sort', deprecated: 'providerCount' }),
  },
  order: { by: 'id', direction: 'asc' },
  tie: [{ sql: 'n.id', type: 'text', direction: 'asc' }],
  network: 'n.id',
};
