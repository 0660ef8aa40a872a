-- Arrays of one entry per provider: its id, what to add, the moment of that, and its attributes where they changed.
update provider p
set jobs = p.jobs + u.jobs,
    tasks_completed = p.tasks_completed + u.completed,
    tasks_failed = p.tasks_failed + u.failed,
    stake = p.stake + u.stake,
    rewarded = p.rewarded + u.rewarded,
    slashed = p.slashed + u.slashed,
    paid = p.paid + u.paid,
    last_height = greatest(p.last_height, u.last_height),
    last_time = greatest(p.last_time, u.last_time),
    owner = case when u.changed then u.owner else p.owner end,
    name = case when u.changed then u.name else p.name end,
    uri = case when u.changed then u.uri else p.uri end,
    active = case when u.changed then u.active else p.active end,
    terms = case when u.changed then u.terms else p.terms end,
    altered = case when u.changed then u.altered else p.altered end
from unnest(
  $1::text[], $2::int8[], $3::int8[], $4::int8[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[],
  $9::int8[], $10::timestamptz[], $11::boolean[], $12::text[], $13::text[], $14::text[], $15::boolean[], $16::jsonb[],
  $17::jsonb[]
) as u (
  id, jobs, completed, failed, stake, rewarded, slashed, paid,
  last_height, last_time, changed, owner, name, uri, active, terms, altered)
where p.id = u.id
