-- $1 chain, above block $2, up to block $3. Changes of what is held for a job after its end; of protocols whose jobs are
-- one task each.
select c.height, c.log_index, 'closedJob' as rule, c.job_id as subject, min(c.network_id) as network_id,
  min(c.token) as token, 0::numeric as expected, sum(c.delta) as got, min(c.time) as time, c.tx_hash
from escrow_change c
join network n on n.id = c.network_id
where c.chain_id = $1 and c.height > $2 and c.height <= $3 and n.conservation -> 'closedJob' = 'true'
  and exists (
    select from job_step s
    where s.job_id = c.job_id and s.kind in ('completed', 'failed')
      and (s.height, s.log_index) < (c.height, c.log_index))
group by c.height, c.log_index, c.job_id, c.tx_hash
