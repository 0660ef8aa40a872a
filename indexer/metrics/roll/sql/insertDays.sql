-- $1 ids of metrics whose days are the sums of their hours. Into tables that have nothing of the network: the days that were rolled,
-- and those of the hours that were. By the order of the index, so that it grows at its end.
insert into metric_day (subject_key, metric_key, day, num, den, n, detail)
select * from (
  table rolled_day
  union all
  select r.subject_key, r.metric_key, r.hour / 24, trim_scale(sum(r.num)), trim_scale(sum(r.den)), sum(r.n)::bigint, null
  from rolled_hour r
  where r.metric_key in (select m.metric_key from metric m where m.id = any ($1::text[]))
  group by 1, 2, 3
) as made
order by 1, 2, 3
