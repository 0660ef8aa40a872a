-- Rows that a family gave, each with which of the rules of families it breaks. $1 network, $2 and $3 hours from and up to, $4 to $7
-- the figures that the family may give, one of each kind of subject: ids, kinds, kinds of value, whether days are sums of hours.
select judged.*,
  -- With the row itself, as it is a bug that somebody has to find.
  case when reason is not null then reason || ': ' || jsonb_build_object('metric', metric, 'kind', kind, 'subject', subject, 'hour', hour,
    'num', num, 'den', den, 'n', n)::text end as fault
from (
  select g.*, m.metric_key, m.is_summed,
    case
      when m.metric_key is null and g.metric = any ($4::text[]) then 'has a subject of another kind'
      when m.metric_key is null then 'is no metric of this family'
      when g.subject is null or (g.subject <> $1 and not starts_with(g.subject, $1 || ':'))
        then 'is of a subject of no or of another network'
      when g.hour is null or g.hour < $2 or g.hour >= $3 then 'lies outside of the hours that were asked for'
      when g.n is null or g.n < 0 then 'has no number of samples'
      when g.num >= 'Infinity' or g.den >= 'Infinity' or g.num <= '-Infinity' or g.den <= '-Infinity' then 'is no finite number'
      when m.value = 'ratio' and (g.num is null) <> (g.den is null) then 'has one half of a ratio'
      when m.value = 'ratio' and g.den = 0 then 'is a ratio over zero: without evidence there is no row'
      when m.value <> 'ratio' and g.den is not null then 'has a denominator and is no ratio'
      when g.num is null and g.detail is null then 'has no figure and does not say why'
    end as reason
  from given g
  left join (
    select k.metric_key, f.*
    from unnest($4::text[], $5::text[], $6::text[], $7::boolean[]) as f (id, kind, value, is_summed)
    join metric k on k.id = f.id
  ) as m on m.id = g.metric and m.kind = g.kind
  -- So that a row is judged once, however often that is asked for.
  offset 0
) as judged
