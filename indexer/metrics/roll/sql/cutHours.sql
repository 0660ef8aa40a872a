-- $1 network, $2 the open hour. Deletes what is stored of later hours and days, and notes the days of those hours.
with hours as (
  delete from metric_hour k
  using metric_subject s
  where s.network_id = $1 and k.subject_key = s.subject_key and k.hour > $2
  returning k.subject_key, k.metric_key, k.hour
),
days as (
  delete from metric_day k
  using metric_subject s
  where s.network_id = $1 and k.subject_key = s.subject_key and k.day > $2 / 24
  returning 1
),
noted as (
  insert into touched (subject_key, metric_key, day)
  select distinct subject_key, metric_key, hour / 24 from hours where hour / 24 <= $2 / 24
)
select 0 as written, ((select count(*) from hours) + (select count(*) from days))::integer as gone
