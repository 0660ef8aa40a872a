-- $1 the hour that windows end with. What outages come to in windows of `window_node`. They are cut at a window's edge: one that began
-- before is no failure of the window, but its repair is one. Within an outage everything that is known is down. One that goes on since
-- before the window fills it: then all that is known of it is down.
with span as (
  select days, ($1::int - 24 * days) * 60 as from_slot from unnest(array[1, 7, 30, 90]) as days
), part as (
  -- Of the narrowest window that holds all of the outage.
  select w.node_key, o.days, o.failures, o.repairs, o.repaired_down, o.outage_down, o.longest_down
  from (select node_key, max(days) as days from window_node group by node_key) as w
  join span s on s.days = w.days
  cross join lateral (
    select case when o.from_slot >= ($1::int - 24) * 60 then 1 when o.from_slot >= ($1::int - 168) * 60 then 7
        when o.from_slot >= ($1::int - 720) * 60 then 30 else 90 end as days,
      count(*) as failures, count(*) filter (where o.ended) as repairs, coalesce(sum(o.down) filter (where o.ended), 0) as repaired_down,
      sum(o.down) as outage_down, max(o.down) as longest_down
    from outage o
    where o.node_key = w.node_key and o.from_slot >= s.from_slot and o.from_slot < $1::int * 60
    group by 1
  ) as o
), cut as (
  select w.node_key, w.days, c.down
  from window_node w
  join span s on s.days = w.days
  cross join lateral (
    select o.from_slot, o.last_slot, o.ended from outage o
    where o.node_key = w.node_key and o.from_slot < s.from_slot
    order by o.from_slot desc limit 1
  ) as o
  cross join lateral (
    select case when o.ended then (
      select sum(bit_count((v.known & case when v.hour = o.last_slot / 60 then (2::bigint << o.last_slot % 60) - 1 else -1 end)::bit(64)))
      from node_verdict v
      where v.node_key = w.node_key and v.hour >= s.from_slot / 60 and v.hour <= o.last_slot / 60
    ) end::int as down
  ) as c
  where o.last_slot >= s.from_slot
)
insert into window_outages
select node_key, days, sum(failures), sum(repairs), sum(repaired_down), sum(outage_down), max(longest_down), bool_or(is_whole)
from (
  select w.node_key, w.days, p.failures, p.repairs, p.repaired_down, p.outage_down, p.longest_down, false as is_whole
  from window_node w join part p on p.node_key = w.node_key and p.days <= w.days
  union all
  select node_key, days, 0, (down is not null)::int, coalesce(down, 0), coalesce(down, 0), coalesce(down, 0), down is null from cut
) as summed
group by node_key, days
