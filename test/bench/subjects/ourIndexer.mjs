import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const NETWORK = 'compute-market-bench';

/** `computescan index`, as users run it, with a network of their own. */
export const ourIndexer = {
  name: 'computescan',
  toProcess({ workFolder, chain, nodeUrl, databaseUrl, env = {}, profileFolder }) {
    const networkFile = join(workFolder, 'networks.json');
    writeFileSync(networkFile, JSON.stringify([toNetwork(chain.meta)]));
    const profile = profileFolder ? ['--cpu-prof', '--cpu-prof-dir', profileFolder] : [];
    return {
      command: process.execPath,
      args: [...profile, join(root, 'cli', 'computescan.mjs'), 'index'],
      env: {
        DATABASE_URL: databaseUrl,
        COMPUTESCAN_NETWORK_FILE: networkFile,
        COMPUTESCAN_NETWORKS: NETWORK,
        RPC_URLS: `${chain.meta.chainId}=${nodeUrl}`,
        INDEX_PORT: '0',
        LOG_LEVEL: 'warn',
        ...env,
      },
    };
  },
  // Live: the last event is stored and every index is built.
  isReady: async (client, { meta }) => {
    const { rows } = await client.query({
      name: 'ready',
      text: "select phase = 'live' and height >= $2 as ready from chain where chain_id = $1",
      values: [meta.chainId, meta.lastEventBlock],
    });
    return rows[0]?.ready === true;
  },
  async readState(client, { meta }) {
    const { rows } = await client.query(stateSql, [NETWORK]);
    const { rows: events } = await client.query(
      'select name, count(*)::integer as count from event where network_id = $1 group by name',
      [NETWORK],
    );
    const { rows: gaps } = await client.query('select count(*)::integer as count from quarantine where chain_id = $1', [
      meta.chainId,
    ]);
    const { attempted_nodes, ...state } = rows[0];
    const counts = Object.fromEntries(events.map(({ name, count }) => [name, count]));
    return {
      ...state,
      ...toOurs({ events: counts, nodes: Number(attempted_nodes) }),
      quarantined: String(gaps[0].count),
    };
  },
  toExpected: ({ state, ours }) => ({ ...state, ...toOurs(ours), network_agrees: 'true', quarantined: '0' }),
};

export async function findHeight(client, chainId) {
  const { rows } = await client.query({
    name: 'height',
    text: 'select height from chain where chain_id = $1',
    values: [chainId],
  });
  return rows[0]?.height === null || rows.length === 0 ? undefined : Number(rows[0].height);
}

function toOurs({ events, nodes }) {
  const counts = Object.entries(events).map(([name, count]) => [`event ${name}`, String(count)]);
  return { ...Object.fromEntries(counts), attempted_nodes: String(nodes) };
}

function toNetwork({ chainId, address, startBlock }) {
  return {
    id: NETWORK,
    protocol: 'compute-market',
    title: 'ComputeMarket, recorded for the benchmark',
    chainId,
    chainName: 'bench',
    workToken: { symbol: 'ETH', decimals: 18 },
    stakeToken: { symbol: 'ETH', decimals: 18 },
    contracts: [{ role: 'market', address, startBlock }],
  };
}

/** What totals say is held against the oracle; that jobs and totals say the same is asked of the database. */
const stateSql = `
  select
    (select count(*) from provider where network_id = $1)::text as provider,
    (select count(*) from job where network_id = $1)::text as job,
    (select count(*) from stake_change where network_id = $1)::text as stake,
    (select count(*) from payout where network_id = $1)::text as payout,
    (select count(*) from job where network_id = $1 and status = 'open')::text as job_created,
    (select count(*) from job where network_id = $1 and status = 'running')::text as job_assigned,
    (select count(*) from job where network_id = $1 and status = 'completed')::text as job_completed,
    (select count(*) from job where network_id = $1 and status = 'failed')::text as job_failed,
    (select sum((terms->>'pricePerHour')::numeric) from provider where network_id = $1)::text as sum_price,
    (select sum(stake) from provider where network_id = $1)::text as sum_stake,
    (select sum(paid) from provider where network_id = $1)::text as sum_paid,
    (select sum(tasks_completed) from provider where network_id = $1)::text as sum_done,
    (select sum(tasks_failed) from provider where network_id = $1)::text as sum_failed,
    (select sum(amount) from payout where network_id = $1)::text as payout_sum,
    (select count(*) from node where network_id = $1)::text as attempted_nodes,
    (select n.providers = (select count(*) from provider p where p.network_id = n.id)
        and n.nodes = (select count(*) from node d where d.network_id = n.id)
        and (n.jobs, n.tasks_completed, n.tasks_failed) =
          (select count(*), sum(tasks_completed), sum(tasks_failed) from job j where j.network_id = n.id)
        and (n.stake, n.paid, n.tasks_completed, n.tasks_failed) =
          (select sum(stake), sum(paid), sum(tasks_completed), sum(tasks_failed) from provider p where p.network_id = n.id)
      from network n where n.id = $1)::text as network_agrees
`;
