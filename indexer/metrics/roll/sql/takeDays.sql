-- Hours of which those of the kinds of subject $8 are not kept, whole days: of these the sums by the day. What of theirs has no sum is
-- left out.
insert into rolled (metric_key, kind, subject, is_day, bucket, num, den, n, detail, fault)
select metric_key, kind, subject, is_day, case when is_day then min(hour) / 24 else min(hour) end, trim_scale(sum(num)),
  trim_scale(sum(den)), sum(n)::bigint, (min(detail::text) filter (where not is_day))::jsonb,
  -- More rows than hours.
  coalesce(min(fault), case when count(*) > bit_count(bit_or(1 << hour % 24)::bit(24)) then
    'comes twice: ' || jsonb_build_object('kind', kind, 'subject', subject, 'hour', min(hour))::text end)
from (select *, coalesce(kind = any ($8::text[]), false) as is_day from judged) as given
where not is_day or is_summed or reason is not null
group by metric_key, kind, subject, is_day, case when is_day then hour / 24 else hour end
