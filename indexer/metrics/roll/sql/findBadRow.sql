-- $1 network, $2 and $3 hours from and up to, $4 to $6 the family's metrics: ids, kinds of value, kinds of subject by commas.
-- The first row of rolled that breaks the rules of families, and which.
with judged as (
  select r.*,
    case
      when m.id is null then 'is no metric of this family'
      when r.kind is null or r.kind <> all (string_to_array(m.subjects, ',')) then 'has a subject of another kind'
      when r.subject is null or (r.subject <> $1 and not starts_with(r.subject, $1 || ':'))
        then 'is of a subject of no or of another network'
      when r.hour is null or r.hour < $2 or r.hour >= $3 then 'lies outside of the hours that were asked for'
      when r.n is null or r.n < 0 then 'has no number of samples'
      when 'NaN' in (r.num, r.den) or 'Infinity' in (r.num, r.den) or '-Infinity' in (r.num, r.den)
        then 'is no finite number'
      when m.value = 'ratio' and (r.num is null) <> (r.den is null) then 'has one half of a ratio'
      when m.value = 'ratio' and r.den = 0 then 'is a ratio over zero: without evidence there is no row'
      when m.value <> 'ratio' and r.den is not null then 'has a denominator and is no ratio'
      when r.num is null and r.detail is null then 'has no figure and does not say why'
      when count(*) over (partition by r.metric, r.kind, r.subject, r.hour) > 1 then 'comes twice'
    end as reason
  from rolled r
  left join unnest($4::text[], $5::text[], $6::text[]) as m (id, value, subjects) on m.id = r.metric
)
select metric, kind, subject, hour, num, den, n, reason
from judged
where reason is not null
limit 1
