-- $1 network. All that metric_hour has of it, and what it is to have.
with found as (table rolled_hour),
stored as (
  select k.*, k.ctid as place
  from metric_hour k
  join metric_subject s on s.subject_key = k.subject_key and s.network_id = $1
)
