import { bytes, columnsOf, id, plain } from '../../list/columns.js';
import { type List, readById, references } from '../../list/List.js';
import { Provider } from './Provider.js';
import { lastScore, lastUptime, latestPriced, loadClaims, providers, providerTotals } from './providerQueries.js';

const p = columnsOf('provider', 'p');
const total = (name: keyof typeof providerTotals, type: string) => ({
  sql: `(${providerTotals[name]})`,
  ...{ type, nullable: true },
});

export const providerList: List = {
  name: 'Provider',
  field: 'providers',
  description: 'Who sells compute, on all networks or some.',
  type: Provider,
  ...providers,
  reads: {
    ...references,
    terms: ['terms'],
    altered: ['altered'],
    ...readById(['tasksFailed', 'latestPrice', 'prices', 'jobs', 'payouts', 'stakeChanges', 'nodes']),
    ...readById(['score', 'scoreHistory', 'operator', 'reliability', 'uptimeByDay', 'reachability']),
  },
  by: {
    id: id(p.id, 'Id'),
    nativeId: plain(p.nativeId, "The protocol's own id"),
    chain: plain(p.chainId, 'Id of the chain'),
    network: id(p.networkId, 'Id of the network'),
    owner: bytes(p.owner, 'Address that controls it'),
    name: plain(p.name, 'Name it gives itself'),
    uri: plain(p.uri, 'Where it says it is reached'),
    active: plain(p.active, 'Whether it takes work now'),
    jobCount: plain(total('jobs', 'bigint'), 'Jobs ever agreed'),
    tasksCompleted: plain(total('tasksCompleted', 'bigint'), 'Tasks completed'),
    tasksFailed: plain(total('tasksFailed', 'bigint'), 'Tasks failed, also by the deadline alone'),
    stake: plain(total('stake', 'numeric'), 'Bonded stake in base units: compare inside one network only'),
    stakeRewarded: plain(total('stakeRewarded', 'numeric'), 'Stake given by the protocol so far, in base units'),
    stakeSlashed: plain(total('stakeSlashed', 'numeric'), 'Stake taken as a punishment so far, in base units'),
    paid: plain(total('paid', 'numeric'), 'Pay so far in base units: compare inside one network only'),
    createdAt: plain(p.time, 'Time first seen'),
    createdHeight: plain(p.height, 'Height of the block it was first seen in'),
    lastActiveAt: plain(p.lastTime, 'Time of the last block that concerns it'),
    lastActiveHeight: plain(p.lastHeight, 'Height of the last block that concerns it'),
    latestPrice: plain(
      { sql: 'latest.price', type: 'numeric', nullable: true },
      'The latest price in base units: compare inside one network only',
      { only: 'sort', join: `left join lateral (${latestPriced('p.id')}) as latest on true` },
    ),
    score: plain(
      { sql: 'scored.score', type: 'numeric', nullable: true },
      'Its reputation at the last hour that is settled',
      { only: 'sort', join: `left join lateral (${lastScore('p.id')}) as scored on true` },
    ),
    uptimeLower: plain(
      { sql: 'heard.lower', type: 'numeric', nullable: true },
      'How much of 30 days its machines were up at least: `window.lower`',
      { only: 'sort', join: `left join lateral (${lastUptime('p.id')}) as heard on true` },
    ),
    jobs: plain(total('jobs', 'bigint'), 'Jobs ever agreed', { only: 'sort', deprecated: 'jobCount' }),
  },
  filters: {
    gpu: {
      kind: 'id',
      description: 'Providers with a machine that claims this GPU: the id of a model in `gpuCatalogue`.',
      type: 'text[]',
      load: loadClaims,
      holds: (models) =>
        `exists (select 1 from node own where own.provider_id = p.id and own.gpu_model = any(${models}))`,
    },
  },
  relations: { network: { to: 'Network', meaning: 'The network it sells on', on: 'n.id = p.network_id' } },
  order: { by: 'jobCount', direction: 'desc' },
  tie: [{ sql: 'p.id', type: 'text', direction: 'asc' }],
  network: 'p.network_id',
  counts: {
    '': () => 'select sum(n.providers) from network n',
    network: (of) => `select sum(n.providers) from network n where n.id = any(${of('network')})`,
  },
};
