import pg from 'pg';
import { migrate } from '../../../dist/schema/database.js';
import { withoutIndexes } from '../metrics/withoutIndexes.mjs';
import { openKept } from './openKept.mjs';

export const NETWORK = 'bench-jobs';
const CHAIN = 31_340;
const SECONDS_PER_JOB = 3;
/** 2026-01-01, in seconds of unix time. */
const BEGIN = Date.UTC(2026, 0, 1) / 1_000;

/** When a row's job was agreed. */
export function timeOfRow(number) {
  return new Date((BEGIN + number * SECONDS_PER_JOB) * 1_000).toISOString();
}

/** One table with very many rows, in the shape that an indexer gives it: what pages and counts are read from. */
export function openJobs(server, { quick }) {
  const size = { jobs: quick ? 200_000 : 10_000_000, providers: 1_000, buyers: 20_000 };
  return openKept(server, {
    name: quick ? 'bench_api_jobs_quick' : 'bench_api_jobs',
    size,
    async make(url) {
      await migrate(url);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        await client.query("set synchronous_commit = off; set work_mem = '256MB'; set jit = off");
        await seedNouns(client, size);
        // What the triggers would have kept, in one statement instead of over ten million rows of a transition table.
        await client.query('alter table job disable trigger user');
        await withoutIndexes(client, ['job'], () => seedJobs(client, size));
        await client.query('alter table job enable trigger user');
        await seedCounts(client);
        await client.query('vacuum analyze');
      } finally {
        await client.end();
      }
    },
  });
}

async function seedNouns(client, { jobs, providers }) {
  await client.query(
    `insert into chain (chain_id, name, recorded, phase, height, block_hash, block_time, head_height, head_time, seen_at)
     select $1, 'Bench', false, 'live', $2, sha256('head'), to_timestamp($3::int8 + $2::int8 * $4::int), $2,
       to_timestamp($3::int8 + $2::int8 * $4::int), now()`,
    [CHAIN, jobs, BEGIN, SECONDS_PER_JOB],
  );
  await client.query(
    `insert into network (id, chain_id, protocol, title, summary, recorded, capabilities, work_token, stake_token)
     values ($1, $2, 'compute-market', 'Bench', 'Bench', false, '{"jobs":true,"price":true}', $1 || ':dev', $1 || ':dev')`,
    [NETWORK, CHAIN],
  );
  await client.query(`insert into token (id, network_id, symbol, decimals) values ($1 || ':dev', $1, 'DEV', 18)`, [
    NETWORK,
  ]);
  await client.query(
    `insert into provider (id, network_id, chain_id, native_id, height, time, active, last_height, last_time)
     select $1 || ':p' || number, $1, $2, 'p' || number, 1, to_timestamp($3::int8), true, 1, to_timestamp($3::int8)
     from generate_series(0, $4::int - 1) as number`,
    [NETWORK, CHAIN, BEGIN, providers],
  );
}

/** One job a block; who had it and what it cost is a hash of its number. */
async function seedJobs(client, { jobs, providers, buyers }) {
  await client.query(
    `insert into job (id, network_id, chain_id, native_id, provider_id, buyer, status, volume, tasks_completed, tasks_failed,
       price, provider_price, price_token, price_unit, height, time, deadline, ended_height, ended_time)
     select $1 || ':' || number, $1, $2, number::text, $1 || ':p' || (dice % $5), '0x' || lpad(to_hex(dice % $6), 40, '0'),
       case when dice % 100 < 95 then 'completed' when dice % 100 < 99 then 'failed' else 'open' end, 1,
       (dice % 100 < 95)::int, (dice % 100 between 95 and 98)::int, 1000000 + dice % 1000000, 900000 + dice % 1000000,
       $1 || ':dev', 'task', number, born, born + interval '100 years',
       case when dice % 100 < 99 then number + 20 end, case when dice % 100 < 99 then born + interval '1 minute' end
     from (
       select number, hashint8extended(number, 7) & 1073741823 as dice, to_timestamp($3::int8 + number * $4::int) as born
       from generate_series(1, $7::int8) as number
     ) as drawn`,
    [NETWORK, CHAIN, BEGIN, SECONDS_PER_JOB, providers, buyers, jobs],
  );
}

async function seedCounts(client) {
  await client.query(
    `insert into job_count (kind, value, network_id, jobs)
     select 'status', status, network_id, count(*) from job group by status, network_id
     union all select 'buyer', buyer, network_id, count(*) from job group by buyer, network_id`,
  );
  await client.query(
    'update network set jobs = (select count(*) from job), providers = (select count(*) from provider)',
  );
  await client.query(
    `update provider p set jobs = j.jobs from (select provider_id, count(*) as jobs from job group by provider_id) as j
     where j.provider_id = p.id`,
  );
}
