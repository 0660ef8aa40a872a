-- $1 network, $2 the hour that windows end with. The outages of every node in windows of 1, 7, 30 and 90 days, cut at the
-- windows' edge: one that began before is no failure of the window, but its repair is one. Within an outage everything that is
-- known is down. One that goes on since before the window fills it: then all that is known of it is down, which is not counted here.
with span as (
  select days, ($2::int - 24 * days) * 60 as from_slot from unnest(array[1, 7, 30, 90]) as days
), part as (
  select o.node_key, s.days, o.from_slot >= s.from_slot as began, o.ended,
    case when o.from_slot >= s.from_slot then o.down
      when o.ended then (
        select sum(bit_count((v.known & case when v.hour = o.last_slot / 60 then (2::bigint << o.last_slot % 60) - 1 else -1 end)::bit(64)))
        from node_verdict v
        where v.node_key = o.node_key and v.hour >= s.from_slot / 60 and v.hour <= o.last_slot / 60
      )
    end::int as down
  from outage o
  join heartbeat_node n on n.node_key = o.node_key and n.network_id = $1
  join span s on o.last_slot >= s.from_slot
  where o.from_slot < $2::int * 60
)
select node_key as "nodeKey", days, (count(*) filter (where began))::int as failures, (count(*) filter (where ended))::int as repairs,
  coalesce(sum(down) filter (where ended), 0)::int as "repairedDown", coalesce(sum(down), 0)::int as "outageDown",
  coalesce(max(down), 0) as "longestDown", bool_or(down is null) as "isWhole"
from part
group by node_key, days
