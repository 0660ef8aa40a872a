-- $1 network, $2 hour, $3 kinds of subject. Deletes their hours before it, of which the days are kept.
with gone as (
  delete from metric_hour k
  using metric_subject s
  where s.network_id = $1 and s.kind = any ($3::text[]) and k.subject_key = s.subject_key and k.hour < $2
  returning 1
)
select 0 as written, (select count(*)::integer from gone) as gone
