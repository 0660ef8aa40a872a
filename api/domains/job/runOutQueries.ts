import type { Database } from '../../database/createDatabase.js';
import { type DepositRow, type RunOutRow, toRunOut } from './toRunOut.js';

/**
 * The rate is that of the last revision, else the one agreed on; every settlement is a payout, also one of nothing. By
 * indexes escrow_change_job, price_job and payout_job.
 */
export async function listRunOuts(
  database: Database,
  jobIds: readonly string[],
): Promise<(RunOutRow & { readonly id: string })[]> {
  const rows = await database.query<DepositRow>(
    `select j.id, n.protocol, j.ended_time is not null as "isClosed", held.balance, t.decimals as "tokenDecimals",
      coalesce(revised.amount, j.price) as rate, coalesce(revised.scale, j.price_scale, t.decimals) as scale,
      greatest(j.time, settled.time) as "lastSettled", c.block_time as "blockTime"
    from job j
    join network n on n.id = j.network_id
    join chain c on c.chain_id = j.chain_id
    left join token t on t.id = j.price_token
    cross join lateral (select sum(e.delta) as balance from escrow_change e where e.job_id = j.id) as held
    cross join lateral (select max(p.time) as time from payout p where p.job_id = j.id) as settled
    left join lateral (
      select p.amount, p.scale from price p where p.job_id = j.id and p.basis = 'settled' and p.unit = 'second'
      order by p.height desc, p.log_index desc, p.part desc limit 1
    ) as revised on true
    where j.id = any($1)`,
    [jobIds],
  );
  return rows.map((row) => ({ id: row.id, ...toRunOut(row) }));
}
