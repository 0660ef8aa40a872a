-- $1 network, $2 and $3 hours from and up to, $4 ids of metrics: what metric_hour has of them, and what it is to have.
with found as (table rolled_hour),
stored as (
  select k.*, k.ctid as place
  from metric_hour k
  join metric_subject s on s.subject_key = k.subject_key and s.network_id = $1
  where k.hour >= $2 and k.hour < $3 and k.metric_key in (select m.metric_key from metric m where m.id = any ($4::text[]))
)
