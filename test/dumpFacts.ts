import type pg from 'pg';

/** What two runs over the same chain must agree on: every fact, total and cursor; not when or in which steps. */
export const dumpQueries: Readonly<Record<string, string>> = {
  chain: 'select chain_id, name, recorded, genesis_hash, height, block_hash, block_time from chain order by chain_id',
  network: 'select * from network order by id',
  token: 'select * from token order by id',
  provider: 'select * from provider order by id',
  provider_version: 'select * from provider_version order by provider_id, height_from',
  node: 'select * from node order by id',
  node_version: 'select * from node_version order by node_id, height_from',
  job: 'select * from job order by id',
  // What was there may come to 0.
  job_count: 'select * from job_count where jobs <> 0 order by kind, value, network_id',
  task: 'select * from task order by id',
  event: 'select * from event order by chain_id, height, log_index',
  job_step: byKey('job_step'),
  attempt: byKey('attempt'),
  verification: byKey('verification'),
  payout: byKey('payout'),
  stake_change: byKey('stake_change'),
  price: byKey('price'),
  escrow_change: byKey('escrow_change'),
  balance_statement: byKey('balance_statement'),
  parameter_change: byKey('parameter_change'),
  feed_answer: byKey('feed_answer'),
  // Of the past they are kept by batch, and batches are cut as it comes.
  provider_delta: `
    select provider_id, chain_id, max(height) as height, max(time) as time, sum(jobs) as jobs,
      sum(tasks_completed) as tasks_completed, sum(tasks_failed) as tasks_failed, sum(stake) as stake,
      sum(rewarded) as rewarded, sum(slashed) as slashed, sum(paid) as paid
    from provider_delta group by provider_id, chain_id order by provider_id`,
  network_delta: 'select * from network_delta order by chain_id, height, network_id',
  quarantine: 'select * from quarantine order by chain_id, height, log_index',
};

function byKey(table: string): string {
  return `select * from ${table} order by chain_id, height, log_index, part`;
}

/** Every row as a line of JSON, by table. */
export async function dumpFacts(pool: pg.Pool): Promise<Readonly<Record<string, readonly string[]>>> {
  const dump: Record<string, readonly string[]> = {};
  for (const [table, query] of Object.entries(dumpQueries)) {
    const { rows } = await pool.query(query);
    dump[table] = rows.map((row) => JSON.stringify(row));
  }
  return dump;
}
