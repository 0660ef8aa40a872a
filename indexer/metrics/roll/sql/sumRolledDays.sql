-- $1 network, $2 and $3 hours from and up to, whole days; $4 ids of the family's metrics whose days are sums, $5 kinds of subject.
-- Of these kinds brings metric_day to the sums of what rolled has, and takes it out of rolled: their hours are not kept.
with found as materialized (
  select s.subject_key, m.metric_key, r.hour / 24 as day, trim_scale(sum(r.num)) as num, trim_scale(sum(r.den)) as den,
    sum(r.n)::bigint as n
  from rolled r
  join metric m on m.id = r.metric and m.id = any ($4::text[])
  join metric_subject s on s.kind = r.kind and s.id = r.subject
  where r.kind = any ($5::text[])
  group by 1, 2, 3
),
written as (
  insert into metric_day (subject_key, metric_key, day, num, den, n)
  select f.*
  from found f
  left join metric_day k on k.subject_key = f.subject_key and k.metric_key = f.metric_key and k.day = f.day
  where k.subject_key is null or (k.num, k.den, k.n, k.detail::text) is distinct from (f.num, f.den, f.n, null)
  on conflict (subject_key, metric_key, day)
    do update set num = excluded.num, den = excluded.den, n = excluded.n, detail = null
  returning 1
),
gone as (
  delete from metric_day k
  using metric_subject s, metric m
  where s.network_id = $1 and s.kind = any ($5::text[]) and k.subject_key = s.subject_key
    and m.id = any ($4::text[]) and k.metric_key = m.metric_key
    and k.day >= $2 / 24 and k.day < $3 / 24
    and not exists (
      select from found f where f.subject_key = k.subject_key and f.metric_key = k.metric_key and f.day = k.day
    )
  returning 1
),
taken as (
  delete from rolled where kind = any ($5::text[])
)
select (select count(*)::integer from written) as written, (select count(*)::integer from gone) as gone
