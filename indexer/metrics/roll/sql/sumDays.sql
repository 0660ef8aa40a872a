-- $1 ids of metrics whose days are the sums of their hours, $2 the first day of which the hours of kinds $3 are kept. The days of which
-- an hour has changed: what metric_day has of them, and their sums.
with due as materialized (
  select distinct t.subject_key, t.metric_key, t.day
  from touched t
  join metric m on m.metric_key = t.metric_key
  join metric_subject s on s.subject_key = t.subject_key
  where m.id = any ($1::text[]) and (t.day >= $2 or s.kind <> all ($3::text[]))
),
found as (
  select d.subject_key, d.metric_key, d.day, trim_scale(sum(h.num)) as num, trim_scale(sum(h.den)) as den, sum(h.n)::bigint as n,
    null::jsonb as detail
  from due d
  join metric_hour h
    on h.subject_key = d.subject_key and h.metric_key = d.metric_key
      and h.hour >= d.day * 24 and h.hour < d.day * 24 + 24
  group by d.subject_key, d.metric_key, d.day
),
stored as (
  select k.*, k.ctid as place
  from due d
  join metric_day k on k.subject_key = d.subject_key and k.metric_key = d.metric_key and k.day = d.day
)
