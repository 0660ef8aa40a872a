-- $1 network, $2 the hour that windows end with. The outages of every node in windows of 1, 7, 30 and 90 days, cut at the
-- windows' edge: one that began before is no failure of the window, but its repair is one. Within an outage everything that is
-- known is down. One that goes on since before the window fills it: then all that is known of it is down, which is not counted here.
with span as (
  select days, ($2::int - 24 * days) * 60 as from_slot from unnest(array[1, 7, 30, 90]) as days
), seen as (
  select o.node_key, o.from_slot, o.last_slot, o.down, o.ended
  from outage o
  join heartbeat_node n on n.node_key = o.node_key and n.network_id = $1
  where o.last_slot >= ($2::int - 2160) * 60 and o.from_slot < $2::int * 60
), whole as (
  -- Of the narrowest window that holds all of the outage.
  select node_key, case when from_slot >= ($2::int - 24) * 60 then 1 when from_slot >= ($2::int - 168) * 60 then 7
      when from_slot >= ($2::int - 720) * 60 then 30 else 90 end as days,
    count(*)::int as failures, (count(*) filter (where ended))::int as repairs,
    coalesce(sum(down) filter (where ended), 0)::int as repaired_down, sum(down)::int as outage_down, max(down) as longest_down
  from seen
  where from_slot >= ($2::int - 2160) * 60
  group by 1, 2
), cut as materialized (
  select o.node_key, s.days, case when o.ended then (
      select sum(bit_count((v.known & case when v.hour = o.last_slot / 60 then (2::bigint << o.last_slot % 60) - 1 else -1 end)::bit(64)))
      from node_verdict v
      where v.node_key = o.node_key and v.hour >= s.from_slot / 60 and v.hour <= o.last_slot / 60
    ) end::int as down
  from seen o
  join span s on o.from_slot < s.from_slot and o.last_slot >= s.from_slot
), part as (
  select w.node_key, s.days, w.failures, w.repairs, w.repaired_down, w.outage_down, w.longest_down, false as is_whole
  from whole w join span s on s.days >= w.days
  union all
  select node_key, days, 0, (down is not null)::int, coalesce(down, 0), coalesce(down, 0), coalesce(down, 0), down is null from cut
)
select node_key as "nodeKey", days, sum(failures)::int as failures, sum(repairs)::int as repairs,
  sum(repaired_down)::int as "repairedDown", sum(outage_down)::int as "outageDown", max(longest_down) as "longestDown",
  bool_or(is_whole) as "isWhole"
from part
group by node_key, days
