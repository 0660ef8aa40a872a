import pg from 'pg';
import { ensureHours } from '../../../dist/indexer/telemetry/beats/partitions.js';
import { migrate } from '../../../dist/schema/database.js';
import { withoutIndexes } from './withoutIndexes.mjs';

export const NETWORK = 'compute-market-devnet';
/** A market that is kept is of another size where this has changed. */
export const SEED_VERSION = 2;
const CHAIN = 31_339;
/** A block a minute. */
const SECONDS_PER_BLOCK = 60;

/**
 * A market as its indexer and its gateway would have left it: providers with ten machines each or so, jobs of one task over all of
 * the days, most of them delivered and paid, and verdicts of every hour of every machine. Chance is a hash of the row's number, so
 * that a size always gives the same rows. Written by SQL: how facts come about is no part of what is measured.
 */
export async function seedMarket(databaseUrl, { providers, nodes, buyers, jobs, days, toHour }) {
  await migrate(databaseUrl);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const fromHour = toHour - days * 24;
    await client.query("set synchronous_commit = off; set work_mem = '256MB'; set jit = off");
    await client.query(`create function pg_temp.dice(text, bigint) returns double precision language sql immutable as
      $$ select (hashtextextended($1, $2) & 1073741823) / 1073741824.0::double precision $$`);
    // The same of two numbers, of which there are many.
    await client.query(`create function pg_temp.dice(bigint, bigint) returns double precision language sql immutable as
      $$ select (hashint8extended($1, $2) & 1073741823) / 1073741824.0::double precision $$`);
    await seedChain(client, { fromHour, toHour });
    await seedNouns(client, { providers, nodes });
    await ensureHours(client, fromHour, toHour);
    await withoutIndexes(client, ['job', 'task', 'job_step', 'attempt', 'payout', 'node_verdict'], async () => {
      await seedJobs(client, { providers, nodes, buyers, jobs, days });
      await seedVerdicts(client, { nodes, fromHour, toHour });
    });
    await client.query(
      `insert into mark (family, subject, hour)
      select family, $1, to_timestamp(hour::int8 * 3600)
      from generate_series($2::int, $3) as hour, unnest(array['network', 'uptime']) as family`,
      [NETWORK, fromHour, toHour],
    );
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

async function seedChain(client, { fromHour, toHour }) {
  await client.query(
    `insert into chain (chain_id, name, recorded, phase, height, block_hash, block_time, head_height, head_time, seen_at)
     select $1, 'Bench', false, 'live', $3, sha256('head'), to_timestamp($2::int8 * 3600 + $3::int8 * $4::int), $3,
       to_timestamp($2::int8 * 3600 + $3::int8 * $4::int), now()`,
    [CHAIN, fromHour, (toHour - fromHour) * 60 + 30, SECONDS_PER_BLOCK],
  );
  await client.query(
    `insert into block (chain_id, height, hash, parent_hash, time)
     select $1, height, sha256(convert_to('block ' || height, 'UTF8')), sha256(convert_to('block ' || height - 1, 'UTF8')),
       to_timestamp($2::int8 * 3600 + height * $4::int)
     from generate_series(0, $3::int) as height`,
    [CHAIN, fromHour, (toHour - fromHour) * 60 + 30, SECONDS_PER_BLOCK],
  );
  await client.query(
    `insert into network (id, chain_id, protocol, title, summary, recorded, capabilities, work_token, stake_token)
     values ($1, $2, 'compute-market', 'Bench', 'Bench', false,
       '{"jobs":true,"nodes":true,"price":true,"payout":true,"stake":true,"verification":true}', $1 || ':dev', $1 || ':dev')`,
    [NETWORK, CHAIN],
  );
  await client.query(
    `insert into token (id, network_id, symbol, decimals, usd)
     values ($1 || ':dev', $1, 'DEV', 18, '{"kind":"static","usd":"1","note":"Made up."}')`,
    [NETWORK],
  );
}

const nodeId = "$1 || ':0x' || lpad(to_hex(number), 64, '0')";
const accountOf = (number) => `'0x' || lpad(to_hex(${number}), 40, '0')`;

async function seedNouns(client, { providers, nodes }) {
  await client.query(
    `insert into provider (id, network_id, chain_id, native_id, height, time, owner, active, last_height, last_time)
     select $1 || ':' || account, $1, $2, account, 1, b.time, account, true, 1, b.time
     from (select ${accountOf('number')} as account from generate_series(1, $3::int) as number) as one
     join block b on b.chain_id = $2 and b.height = 1`,
    [NETWORK, CHAIN, providers],
  );
  await client.query(
    `insert into provider_version (provider_id, height_from, chain_id, owner, active)
     select id, 1, chain_id, owner, true from provider`,
  );
  await client.query(
    `insert into node (id, network_id, chain_id, native_id, height, time, provider_id, active, region, gpu_model, gpu_count,
       vram_mb)
     select ${nodeId}, $1, $2, '0x' || lpad(to_hex(number), 64, '0'), 1, b.time,
       $1 || ':' || ${accountOf('1 + number % $4::int')}, true, (array['eu-north','us-east','us-west','ap-southeast'])[1 + number % 4],
       (array['NVIDIA H100 80GB','NVIDIA A100 80GB','NVIDIA L40S','NVIDIA RTX 4090'])[1 + number % $4::int % 4], 8, 81920
     from generate_series(1, $3::int) as number join block b on b.chain_id = $2 and b.height = 1`,
    [NETWORK, CHAIN, nodes, providers],
  );
  await client.query(
    `insert into node_version (node_id, height_from, chain_id, provider_id, active, region, gpu_model, gpu_count, vram_mb)
     select id, 1, chain_id, provider_id, true, region, gpu_model, gpu_count, vram_mb from node`,
  );
  await client.query(
    `insert into heartbeat_node (node_key, node_id, network_id, provider_id, first_slot) overriding system value
     select number, ${nodeId}, $1, $1 || ':' || ${accountOf('1 + number % $3::int')},
       (select ceil(extract(epoch from time) / 60)::int from block where height = 1)
     from generate_series(1, $2::int) as number`,
    [NETWORK, nodes, providers],
  );
}

/**
 * Created, assigned, started and ended within hours; a few for ever in progress. Each takes four places of its block. Rows are written in the
 * order of the chain: what happened at a time lies together, as where an indexer writes block after block.
 */
async function seedJobs(client, { providers, nodes, buyers, jobs, days }) {
  await client.query(
    `create temp table plan as
     select number, $1 || ':' || number as job_id, $1 || ':' || number || '-0' as task_id,
       $1 || ':' || ${accountOf('provider')} as provider_id,
       ${accountOf("1000000 + floor(pg_temp.dice('buyer', number) * $4::int)::int")} as buyer,
       $1 || ':0x' || lpad(to_hex(node), 64, '0') as node_id,
       height, height + 2 as started, least(height + 5 + floor(pg_temp.dice('length', number) * 240)::int, $6::int * 1440 + 29) as ended,
       case when pg_temp.dice('luck', number) < 0.96 then 'completed' else 'failed' end as fate
     from (
       select number, 2 + (number::int8 * ($6::int * 1440 - 300) / $5::int)::int as height,
         1 + floor(power(pg_temp.dice('provider', number), 2) * $2::int)::int as provider
       from generate_series(1, $5::int) as number
     ) as drawn
     cross join lateral (
       select case when provider = 1 then $2::int else provider - 1 end
         + $2::int * floor(pg_temp.dice('node', number) * ($3::int / $2::int - 1))::int as node
     ) as placed`,
    [NETWORK, providers, nodes, buyers, jobs, days],
  );
  const times = `create temp table moment as select height, time from block where chain_id = ${CHAIN}`;
  await client.query(`${times}; create unique index on moment (height); analyze moment; analyze plan`);
  const price = '2000000000000000000';
  await client.query(
    `insert into job (id, network_id, chain_id, native_id, provider_id, buyer, status, volume, tasks_completed, tasks_failed,
       price, provider_price, price_token, price_unit, height, time, deadline, ended_height, ended_time)
     select p.job_id, $1, $2, p.number::text, p.provider_id, p.buyer, p.fate, 1, (p.fate = 'completed')::int,
       (p.fate = 'failed')::int, $3::numeric, $3::numeric * 975 / 1000, $1 || ':dev', 'hour', p.height, born.time,
       born.time + interval '12 hours', p.ended, gone.time
     from plan p join moment born on born.height = p.height join moment gone on gone.height = p.ended
     order by p.number`,
    [NETWORK, CHAIN, price],
  );
  await client.query(
    `insert into task (id, job_id, network_id, chain_id, native_id, position, status, height, started_height, started_time,
       ended_height, ended_time, attempts)
     select p.task_id, p.job_id, $1, $2, p.number || '-0', 0, p.fate, p.height, p.started, began.time, p.ended, gone.time, 1
     from plan p join moment began on began.height = p.started join moment gone on gone.height = p.ended
     order by p.number`,
    [NETWORK, CHAIN],
  );
  const step = (kind, height, place, more = 'null, null') => `
    select ${CHAIN}, p.${height}, p.number % 100000 * 10 + ${place}, 0, p.job_id, ${more}, ${kind}, m.time,
      sha256(convert_to('tx ' || p.number || ' ' || ${place}, 'UTF8')),
      case when ${place} in (1, 2) then p.provider_id end
    from plan p join moment m on m.height = p.${height}`;
  await client.query(
    `insert into job_step (chain_id, height, log_index, part, job_id, task_id, node_id, kind, time, tx_hash, provider_id)
     ${step("'created'", 'height', 1)}
     union all ${step("'assigned'", 'height', 2)}
     union all ${step("'attempted'", 'height', 3, 'p.task_id, p.node_id')}
     union all ${step("'started'", 'started', 4, 'p.task_id, null')}
     union all ${step('p.fate', 'ended', 5, 'p.task_id, null')}
     order by 2, 3`,
  );
  await client.query(
    `insert into attempt (chain_id, height, log_index, part, task_id, job_id, provider_id, node_id, time)
     select $1, p.height, p.number % 100000 * 10 + 3, 0, p.task_id, p.job_id, p.provider_id, p.node_id, m.time
     from plan p join moment m on m.height = p.height
     order by p.number`,
    [CHAIN],
  );
  await client.query(
    `insert into payout (chain_id, height, log_index, part, network_id, provider_id, job_id, task_id, payer, recipient, role,
       for_work, token, amount, time, tx_hash)
     select $2, p.ended, p.number % 100000 * 10 + 6, part, $1, case when part = 0 then p.provider_id end, p.job_id, p.task_id,
       p.buyer, case when part = 0 then split_part(p.provider_id, ':', 2) end, case when part = 0 then 'provider' else 'fee' end,
       part = 0, $1 || ':dev',
       trunc($3::numeric * 8 * (p.ended - p.started) / 60 * case when part = 0 then 0.975 else 0.025 end), m.time,
       sha256(convert_to('tx ' || p.number || ' 6', 'UTF8'))
     from plan p join moment m on m.height = p.ended cross join generate_series(0, 1) as part
     where p.fate = 'completed'
     order by p.ended, p.number, part`,
    [NETWORK, CHAIN, price],
  );
  await client.query(
    `insert into network_delta (chain_id, height, network_id, time, jobs, tasks)
     select $2, p.height, $1, m.time, count(*), count(*) from plan p join moment m on m.height = p.height
     group by p.height, m.time`,
    [NETWORK, CHAIN],
  );
  await client.query('drop table plan, moment');
}

/** Most hours are full; some miss minutes in a run, a few all of them, and of a few nothing is known. Hour by hour, as they come about. */
async function seedVerdicts(client, { nodes, fromHour, toHour }) {
  for (let hour = fromHour; hour < toHour; hour += 240) {
    await client.query(
      `insert into node_verdict (node_key, hour, up, known, expected)
       select node, hour,
         case when luck < 0.94 then known when luck < 0.985 then known & ~(((1::int8 << (1 + length)) - 1) << start) else 0 end,
         known, ${FULL}
       from (
         select hour, case when pg_temp.dice('blind', hour) < 0.004 then 0 else ${FULL} end as known
         from generate_series($2::int, $3::int) as hour
       ) as heard
       cross join lateral (
         select node, pg_temp.dice(hour, node) as luck, floor(pg_temp.dice(hour, -node) * 29)::int as length,
           floor(pg_temp.dice(-hour, node) * 30)::int as start
         from generate_series(1, $1::int) as node
         offset 0
       ) as drawn`,
      [nodes, hour, Math.min(hour + 239, toHour - 1)],
    );
  }
  await client.query(
    `insert into node_day (node_key, day, up, known, expected, maintenance, maintenance_up, late, rtt_count, util_count,
       rtt_sum_us, rtt_max_us, util_sum_permille)
     select node_key, hour / 24, sum(bit_count(up::bit(64))), sum(bit_count(known::bit(64))), sum(bit_count(expected::bit(64))),
       0, 0, 0, 0, 0, 0, 0, 0
     from node_verdict group by node_key, hour / 24 order by hour / 24, node_key`,
  );
  // By the receipts of an observer is known which hours are judged: without them nobody makes outages and windows.
  await client.query("insert into observer (name, network_group) values ('bench', 'bench')");
  await client.query(
    `insert into network_hour (network_id, hour, observer, receipts, healthy)
     select $1, hour, observer, array_fill($4::int, array[60]), ${FULL}
     from generate_series($2::int, $3::int - 1) as hour cross join observer`,
    [NETWORK, fromHour, toHour, nodes],
  );
}

const FULL = '1152921504606846975::int8';
