-- Changes of the protocol's rules.
select 'parameter_change' as source, concat_ws('-', r.chain_id, r.height, r.log_index, r.part) as id, 'changed' as kind, r.time,
  r.chain_id, r.height, r.log_index, null::text as about, null::text as provider_id, null::text as node_id, null::text as buyer,
  null::text as job_id, null::text as task_id, null::text as hardware, null::text as region,
  jsonb_build_object('name', r.name, 'value', r.value) as detail
from parameter_change r
where r.network_id = $1 and r.time >= {from} and r.time < $3::timestamptz
