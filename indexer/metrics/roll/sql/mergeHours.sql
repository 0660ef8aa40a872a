-- $1 network, $2 and $3 hours from and up to, $4 ids of the family's metrics. Brings metric_hour to what rolled has of them:
-- writes what differs, by a letter, deletes what is gone, and notes the days of both.
with found as materialized (
  select s.subject_key, m.metric_key, r.hour, r.num, r.den, r.n, r.detail
  from rolled r
  join metric m on m.id = r.metric
  join metric_subject s on s.kind = r.kind and s.id = r.subject
),
written as (
  insert into metric_hour (subject_key, metric_key, hour, num, den, n, detail)
  select f.*
  from found f
  left join metric_hour k
    on k.subject_key = f.subject_key and k.metric_key = f.metric_key and k.hour = f.hour and k.hour >= $2 and k.hour < $3
  where k.subject_key is null
    or (k.num, k.den, k.n, k.detail::text) is distinct from (f.num, f.den, f.n, f.detail::text)
  on conflict (subject_key, metric_key, hour)
    do update set num = excluded.num, den = excluded.den, n = excluded.n, detail = excluded.detail
  returning subject_key, metric_key, hour
),
gone as (
  delete from metric_hour k
  using metric_subject s, metric m
  where s.network_id = $1 and k.subject_key = s.subject_key
    and m.id = any ($4::text[]) and k.metric_key = m.metric_key
    and k.hour >= $2 and k.hour < $3
    and not exists (
      select from found f where f.subject_key = k.subject_key and f.metric_key = k.metric_key and f.hour = k.hour
    )
  returning k.subject_key, k.metric_key, k.hour
),
noted as (
  insert into touched (subject_key, metric_key, day)
  select distinct subject_key, metric_key, hour / 24 from (table written union all table gone) changed
)
select (select count(*)::integer from written) as written, (select count(*)::integer from gone) as gone
