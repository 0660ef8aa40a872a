-- $1 network. Brings what rolled has to numbers, and gives one to subjects that have none; those that have one spend none. Returns what
-- is wrong with a row, if one is.
with named as materialized (
  select r.*, s.subject_key
  from rolled r
  left join metric_subject s on s.kind = r.kind and s.id = r.subject
  where r.fault is null
),
fresh as (
  insert into metric_subject (kind, id, network_id)
  select distinct kind, subject, $1 from named where subject_key is null order by 1, 2
  returning kind, id, subject_key
),
numbered as materialized (
  select coalesce(r.subject_key, f.subject_key) as subject_key, r.metric_key, r.is_day, r.bucket, r.num, r.den, r.n, r.detail
  from named r
  left join fresh f on f.kind = r.kind and f.id = r.subject and r.subject_key is null
),
hours as (
  insert into rolled_hour (subject_key, metric_key, hour, num, den, n, detail)
  select subject_key, metric_key, bucket, num, den, n, detail from numbered where not is_day
),
days as (
  insert into rolled_day (subject_key, metric_key, day, num, den, n, detail)
  select subject_key, metric_key, bucket, num, den, n, detail from numbered where is_day
),
twice as (
  select subject_key, metric_key, is_day, bucket from numbered group by 1, 2, 3, 4 having count(*) > 1 limit 1
)
select fault from rolled where fault is not null
union all
select 'comes twice: ' || jsonb_build_object('metric', m.id, 'kind', r.kind, 'subject', r.subject, 'bucket', r.bucket)::text
from twice t
join metric m on m.metric_key = t.metric_key
join rolled r on r.metric_key = t.metric_key and r.is_day = t.is_day and r.bucket = t.bucket
join metric_subject s on s.subject_key = t.subject_key and s.kind = r.kind and s.id = r.subject
limit 1
