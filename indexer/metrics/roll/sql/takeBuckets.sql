-- $8: whether a row is of the day in which its hour lies. Numbers are without trailing zeros, so that the same is the same letters.
insert into rolled (metric_key, kind, subject, is_day, bucket, num, den, n, detail, fault)
select metric_key, kind, subject, $8::boolean, case when $8 then hour / 24 else hour end, trim_scale(num), trim_scale(den), n, detail,
  fault
from judged
