-- What one turn makes windows of; all of it is emptied by the end of the transaction. `judged_hour`: hours that the tables reach to and
-- that may have been judged again; `outage_node`: nodes of which outages were written. `window_slots`: slots of windows, all of them, or what has come in less what has gone. `window_node`: windows whose outages
-- are to be summed anew, and `window_outages` what they come to.
create temporary table if not exists judged_hour (hour integer not null) on commit delete rows;
create temporary table if not exists outage_node (node_key integer not null) on commit delete rows;
create temporary table if not exists window_slots (
  node_key integer not null,
  days smallint not null,
  is_change boolean not null,
  up integer not null,
  known integer not null,
  expected integer not null,
  maintenance integer not null,
  maintenance_up integer not null
) on commit delete rows;
create temporary table if not exists window_node (node_key integer not null, days smallint not null) on commit delete rows;
create temporary table if not exists window_outages (
  node_key integer not null,
  days smallint not null,
  failures integer not null,
  repairs integer not null,
  repaired_down integer not null,
  outage_down integer not null,
  longest_down integer not null,
  is_whole boolean not null
) on commit delete rows;
