-- $1 network. Gives numbers to the subjects of rolled that have none; those that have one spend none.
insert into metric_subject (kind, id, network_id)
select named.kind, named.subject, $1
from (select distinct kind, subject from rolled) named
where not exists (select from metric_subject s where s.kind = named.kind and s.id = named.subject)
order by 1, 2
