-- As mergeHours, for a family of days, whose rows bear the first hour of their day; $2 and $3 are hours, too.
with found as materialized (
  select s.subject_key, m.metric_key, r.hour / 24 as day, r.num, r.den, r.n, r.detail
  from rolled r
  join metric m on m.id = r.metric
  join metric_subject s on s.kind = r.kind and s.id = r.subject
),
written as (
  insert into metric_day (subject_key, metric_key, day, num, den, n, detail)
  select f.*
  from found f
  left join metric_day k
    on k.subject_key = f.subject_key and k.metric_key = f.metric_key and k.day = f.day
      and k.day >= $2 / 24 and k.day < $3 / 24
  where k.subject_key is null
    or (k.num, k.den, k.n, k.detail::text) is distinct from (f.num, f.den, f.n, f.detail::text)
  on conflict (subject_key, metric_key, day)
    do update set num = excluded.num, den = excluded.den, n = excluded.n, detail = excluded.detail
  returning 1
),
gone as (
  delete from metric_day k
  using metric_subject s, metric m
  where s.network_id = $1 and k.subject_key = s.subject_key
    and m.id = any ($4::text[]) and k.metric_key = m.metric_key
    and k.day >= $2 / 24 and k.day < $3 / 24
    and not exists (
      select from found f where f.subject_key = k.subject_key and f.metric_key = k.metric_key and f.day = k.day
    )
  returning 1
)
select (select count(*)::integer from written) as written, (select count(*)::integer from gone) as gone
