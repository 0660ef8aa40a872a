-- $1 chain, $2 first height, $3 last height. mark(family, subject, hour) for every hour in which an event of these blocks lies.
insert into mark (family, subject, hour)
select distinct 'network', network_id, date_trunc('hour', time, 'UTC')
from event
where chain_id = $1 and height between $2 and $3
