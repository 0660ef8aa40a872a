-- $1 network, $2 and $3 hours from and up to, whole days, $4 ids of metrics, $5 kinds of subject: what metric_day has of them, and
-- what it is to have.
with found as (table rolled_day),
stored as (
  select k.*, k.ctid as place
  from metric_day k
  join metric_subject s on s.subject_key = k.subject_key and s.network_id = $1 and s.kind = any ($5::text[])
  where k.day >= $2 / 24 and k.day < $3 / 24
    and k.metric_key in (select m.metric_key from metric m where m.id = any ($4::text[]))
)
