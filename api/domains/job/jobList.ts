import { countByStatus, hasStatus, isOverdue, jobStatus, jobTasksFailed } from '../../database/overdue.js';
import { bytes, choice, columnsOf, id, plain } from '../../list/columns.js';
import { type List, readById, references } from '../../list/List.js';
import { Job, JobStatus } from './Job.js';
import { jobs } from './jobQueries.js';

const j = columnsOf('job', 'j');
const ofBuyer = (buyers: string) => `k.kind = 'buyer' and k.value = any(${buyers})`;

const ofPrice = ['id', 'priceTokenId', 'priceUnit', 'priceScale', 'chainId', 'createdHeight', 'createdAt'];

export const jobList: List = {
  name: 'Job',
  field: 'jobs',
  description: 'Agreements about paid work, on all networks or some.',
  type: Job,
  ...jobs,
  reads: {
    ...references,
    price: [...ofPrice, 'priceAmount'],
    providerPrice: [...ofPrice, 'providerPriceAmount'],
    attributes: ['attributes'],
    ...readById(['paid', 'tasks', 'steps', 'payouts', 'events', 'runsOutAt', 'runOut']),
  },
  by: {
    id: id(j.id, 'Id'),
    nativeId: plain(j.nativeId, "The protocol's own id"),
    chain: plain(j.chainId, 'Id of the chain'),
    network: id(j.networkId, 'Id of the network'),
    provider: id(j.providerId, 'Id of the provider that does the work'),
    buyer: bytes(j.buyer, 'Address that ordered the work'),
    status: choice(JobStatus, { ...j.status, sql: `(${jobStatus})` }, 'Where it stands', { isAnyOf: hasStatus }),
    derived: plain({ sql: isOverdue, type: 'boolean', nullable: false }, 'Over by its deadline alone'),
    volume: plain(j.volume, 'Tasks agreed'),
    tasksCompleted: plain(j.tasksCompleted, 'Tasks completed'),
    tasksFailed: plain({ ...j.tasksFailed, sql: `(${jobTasksFailed})` }, 'Tasks failed, also by the deadline alone'),
    price: plain(j.price, 'Price agreed for one unit, in base units: compare inside one token and unit only'),
    providerPrice: plain(j.providerPrice, "The provider's own price in it, in base units"),
    priceToken: id(j.priceToken, 'Id of the token of its price'),
    priceUnit: plain(j.priceUnit, 'What the price buys'),
    createdAt: plain(j.time, 'Time agreed'),
    createdHeight: plain(j.height, 'Height of the block it was agreed in'),
    deadline: plain(j.deadline, 'When its tasks must have ended'),
    endedAt: plain(j.endedTime, 'Time the last task ended'),
    endedHeight: plain(j.endedHeight, 'Height of the block the last task ended in'),
  },
  relations: {
    network: { to: 'Network', meaning: 'The network it was agreed on', on: 'n.id = j.network_id' },
    provider: { to: 'Provider', meaning: 'The provider that does the work', on: 'p.id = j.provider_id' },
  },
  order: { by: 'createdAt', direction: 'desc' },
  tie: [{ sql: 'j.id', type: 'text', direction: 'asc' }],
  network: 'j.network_id',
  counts: {
    '': () => 'select sum(n.jobs) from network n',
    network: (of) => `select sum(n.jobs) from network n where n.id = any(${of('network')})`,
    provider: (of) => `select sum(p.jobs) from provider p where p.id = any(${of('provider')})`,
    status: (of) => countByStatus(of('status')),
    'network,status': (of) => countByStatus(of('status'), of('network')),
    buyer: (of) => `select sum(k.jobs) from job_count k where ${ofBuyer(of('buyer'))}`,
    'buyer,network': (of) =>
      `select sum(k.jobs) from job_count k where ${ofBuyer(of('buyer'))} and k.network_id = any(${of('network')})`,
  },
};
