import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toEventSelector } from 'viem';

const program = fileURLToPath(new URL('../floor/floor.mjs', import.meta.url));

/** See floor/floor.mjs. */
export const floor = {
  name: 'floor',
  toProcess: ({ chain, nodeUrl, databaseUrl, logTime }) => ({
    command: process.execPath,
    args: [
      program,
      JSON.stringify({ rpcUrl: nodeUrl, databaseUrl, folder: chain.folder, logTime, topics: toTopics(chain) }),
    ],
    env: {},
  }),
  async isReady(client) {
    const { rows } = await client.query({ name: 'done', text: 'select done from progress' });
    return rows[0]?.done === true;
  },
  async readState(client) {
    const { rows } = await client.query(stateSql);
    return rows[0];
  },
  toExpected: ({ state, ours }) => ({
    ...state,
    event: String(Object.values(ours.events).reduce((total, count) => total + count, 0)),
  }),
};

function toTopics({ folder }) {
  const abi = JSON.parse(readFileSync(join(folder, 'abi.json'), 'utf8')).filter(({ type }) => type === 'event');
  return Object.fromEntries(abi.map((event) => [event.name, toEventSelector(event)]));
}

const stateSql = `
  select
    (select count(*) from provider)::text as provider,
    (select count(*) from job)::text as job,
    (select count(*) from stake)::text as stake,
    (select count(*) from payout)::text as payout,
    (select count(*) from job where status = 'created')::text as job_created,
    (select count(*) from job where status = 'assigned')::text as job_assigned,
    (select count(*) from job where status = 'completed')::text as job_completed,
    (select count(*) from job where status = 'failed')::text as job_failed,
    (select sum(price) from provider)::text as sum_price,
    (select sum(stake) from provider)::text as sum_stake,
    (select sum(paid) from provider)::text as sum_paid,
    (select sum(done) from provider)::text as sum_done,
    (select sum(failed) from provider)::text as sum_failed,
    (select sum(amount) from payout)::text as payout_sum,
    (select count(*) from event)::text as event
`;
