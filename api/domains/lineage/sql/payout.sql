-- What buyers paid: for work, and as a fee of the protocol.
select 'payout' as source, concat_ws('-', p.chain_id, p.height, p.log_index, p.part) as id, p.role as kind, p.time, p.chain_id, p.height,
  p.log_index, null::text as about, p.provider_id, null::text as node_id, coalesce(j.buyer, p.payer) as buyer, p.job_id, p.task_id,
  null::text as hardware, null::text as region, jsonb_build_object('amount', p.amount::text, 'token', p.token) as detail, p.for_work,
  p.role = 'fee' as is_fee, p.amount,
  exists (
    select from removed_pair r
    where r.network_id = $1 and r.reason <> 'noHistory' and r.day = floor(extract(epoch from p.time) / 86400)::int
      and r.buyer = coalesce(j.buyer, p.payer)
      and r.provider_id = coalesce(
        p.provider_id,
        (
          select s.provider_id from job_step s
          where s.job_id = p.job_id and s.kind in ('created', 'assigned') and s.provider_id is not null
            and (s.height, s.log_index) <= (p.height, p.log_index)
          order by s.height desc, s.log_index desc, s.part desc limit 1
        ),
        j.provider_id)
  ) as is_wash
from payout p
left join job j on j.id = p.job_id
where p.network_id = $1 and p.time >= {from} and p.time < $3::timestamptz and (p.for_work or p.role = 'fee')
