import { NETWORK } from './seedMarket.mjs';

/** About as many jobs as a minute brings where a million come in ninety days. */
const JOBS = 8;

/** A block more, in which jobs are opened and taken, and one from before is delivered and paid; marked as the writer does. */
export async function addMinute(pool, run) {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `insert into block (chain_id, height, hash, parent_hash, time)
       select c.chain_id, c.height + 1, sha256(convert_to('minute ' || c.height, 'UTF8')), c.block_hash,
         c.block_time + interval '1 minute'
       from chain c join network n on n.chain_id = c.chain_id where n.id = $1`,
      [NETWORK],
    );
    await client.query(
      `update chain c set height = c.height + 1, block_time = c.block_time + interval '1 minute',
         head_height = c.height + 1, head_time = c.block_time + interval '1 minute'
       from network n where n.chain_id = c.chain_id and n.id = $1`,
      [NETWORK],
    );
    await client.query(
      `create temp table fresh on commit drop as
       select $1 || ':' || one.name as job_id, $1 || ':' || one.name || '-0' as task_id, one.name, one.number, c.chain_id, c.height,
         c.block_time as time, p.id as provider_id, (select min(id) from node d where d.provider_id = p.id) as node_id,
         '0x' || lpad(to_hex(1000000 + one.number), 40, '0') as buyer
       from (select 'minute-' || $2::int || '-' || number as name, number from generate_series(1, $3::int) as number) as one
       join network n on n.id = $1 join chain c on c.chain_id = n.chain_id
       join lateral (select id from provider order by id offset $2::int * $3::int + one.number limit 1) as p on true`,
      [NETWORK, run, JOBS],
    );
    await client.query(
      `insert into job (id, network_id, chain_id, native_id, provider_id, buyer, status, volume, tasks_completed, price,
         provider_price, price_token, price_unit, height, time, deadline, ended_height, ended_time)
       select job_id, $1, chain_id, name, provider_id, buyer, case when number % 2 = 0 then 'completed' else 'running' end, 1,
         (number % 2 = 0)::int, 2e18::numeric, 1.95e18::numeric, $1 || ':dev', 'hour', height, time, time + interval '12 hours',
         case when number % 2 = 0 then height end, case when number % 2 = 0 then time end
       from fresh`,
      [NETWORK],
    );
    await client.query(
      `insert into task (id, job_id, network_id, chain_id, native_id, position, status, height, started_height, started_time,
         ended_height, ended_time, attempts)
       select task_id, job_id, $1, chain_id, name || '-0', 0, case when number % 2 = 0 then 'completed' else 'running' end, height,
         height, time, case when number % 2 = 0 then height end, case when number % 2 = 0 then time end, 1
       from fresh`,
      [NETWORK],
    );
    await client.query(
      `insert into job_step (chain_id, height, log_index, part, job_id, task_id, node_id, kind, time, tx_hash, provider_id)
       select chain_id, height, number * 10 + place, 0, job_id, case when place > 2 then task_id end,
         case when place = 3 then node_id end, kind, time, sha256(convert_to(name, 'UTF8')),
         case when place < 3 then provider_id end
       from fresh cross join (values (1, 'created'), (2, 'assigned'), (3, 'attempted'), (4, 'started'), (5, 'completed'))
         as step (place, kind)
       where place < 5 or number % 2 = 0`,
    );
    await client.query(
      `insert into attempt (chain_id, height, log_index, part, task_id, job_id, provider_id, node_id, time)
       select chain_id, height, number * 10 + 3, 0, task_id, job_id, provider_id, node_id, time from fresh`,
    );
    await client.query(
      `insert into payout (chain_id, height, log_index, part, network_id, provider_id, job_id, task_id, payer, recipient, role,
         for_work, token, amount, time, tx_hash)
       select chain_id, height, number * 10 + 6, 0, $1, provider_id, job_id, task_id, buyer, split_part(provider_id, ':', 2),
         'provider', true, $1 || ':dev', 1.95e18::numeric, time, sha256(convert_to(name, 'UTF8'))
       from fresh where number % 2 = 0`,
      [NETWORK],
    );
    await client.query(
      `insert into mark (family, subject, hour) select 'network', $1, date_trunc('hour', max(time), 'UTC') from fresh`,
      [NETWORK],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}
