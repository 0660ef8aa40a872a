noted as (
  insert into touched (subject_key, metric_key, day)
  select distinct subject_key, metric_key, hour / 24 from changed
)
