-- $1 network, $2 ids of metrics whose days are the sums of their hours. All that metric_day has of those, and what it is to have: days
-- that were rolled, and those of the hours that were.
with found as (
  table rolled_day
  union all
  select r.subject_key, r.metric_key, r.hour / 24, trim_scale(sum(r.num)), trim_scale(sum(r.den)), sum(r.n)::bigint, null
  from rolled_hour r
  where r.metric_key in (select m.metric_key from metric m where m.id = any ($2::text[]))
  group by 1, 2, 3
),
stored as (
  select k.*, k.ctid as place
  from metric_day k
  join metric_subject s on s.subject_key = k.subject_key and s.network_id = $1
  where k.metric_key in (select m.metric_key from metric m where m.id = any ($2::text[]))
)
