-- $1 ids of metrics whose days are the sums of their hours, $2 the first day of which the hours of kinds $3 are kept. Sums those
-- days anew of which an hour has changed.
with due as materialized (
  select distinct t.subject_key, t.metric_key, t.day
  from touched t
  join metric m on m.metric_key = t.metric_key
  join metric_subject s on s.subject_key = t.subject_key
  where m.id = any ($1::text[]) and (t.day >= $2 or s.kind <> all ($3::text[]))
),
summed as materialized (
  select d.subject_key, d.metric_key, d.day, trim_scale(sum(h.num)) as num, trim_scale(sum(h.den)) as den,
    sum(h.n)::bigint as n
  from due d
  join metric_hour h
    on h.subject_key = d.subject_key and h.metric_key = d.metric_key
      and h.hour >= d.day * 24 and h.hour < d.day * 24 + 24
  group by d.subject_key, d.metric_key, d.day
),
written as (
  insert into metric_day (subject_key, metric_key, day, num, den, n)
  select s.*
  from summed s
  left join metric_day k on k.subject_key = s.subject_key and k.metric_key = s.metric_key and k.day = s.day
  where k.subject_key is null or (k.num, k.den, k.n, k.detail::text) is distinct from (s.num, s.den, s.n, null)
  on conflict (subject_key, metric_key, day)
    do update set num = excluded.num, den = excluded.den, n = excluded.n, detail = null
  returning 1
),
gone as (
  delete from metric_day k
  using due d
  where k.subject_key = d.subject_key and k.metric_key = d.metric_key and k.day = d.day
    and not exists (
      select from summed s where s.subject_key = d.subject_key and s.metric_key = d.metric_key and s.day = d.day
    )
  returning 1
)
select (select count(*)::integer from written) as written, (select count(*)::integer from gone) as gone
