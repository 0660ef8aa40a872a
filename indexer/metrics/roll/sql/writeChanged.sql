-- Brings metric_{grain} from what is stored to what was found: writes what differs, by a letter, and deletes what is gone. Written by
-- the order of the index, so that where there is nothing yet it grows at its end.
changed as materialized (
  select subject_key, metric_key, {grain}, f.num, f.den, f.n, f.detail, k.place, f.n is null as is_gone
  from found f
  full join stored k using (subject_key, metric_key, {grain})
  where f.n is null or k.n is null
    or (k.num, scale(k.num), k.den, scale(k.den), k.n, k.detail::text)
      is distinct from (f.num, scale(f.num), f.den, scale(f.den), f.n, f.detail::text)
),
written as (
  insert into metric_{grain} (subject_key, metric_key, {grain}, num, den, n, detail)
  select subject_key, metric_key, {grain}, num, den, n, detail from changed where not is_gone
  order by subject_key, metric_key, {grain}
  on conflict (subject_key, metric_key, {grain})
    do update set num = excluded.num, den = excluded.den, n = excluded.n, detail = excluded.detail
  returning 1
),
gone as (
  delete from metric_{grain} where ctid = any (array(select place from changed where is_gone))
  returning 1
)
