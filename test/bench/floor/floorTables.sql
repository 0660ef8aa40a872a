-- What the state of a market needs, in the cheapest types and layouts that Postgres has for it; one row per event beside.
create table provider (
  id bytea primary key, owner bytea not null, gpu_model integer not null, gpu_count integer not null,
  endpoint text not null, price numeric not null, stake numeric not null, paid numeric not null,
  done integer not null, failed integer not null, time bigint not null
) with (fillfactor = 50);
create table job (
  id bigint primary key, client bytea not null, spec_hash bytea not null, budget numeric not null,
  status text not null, node_id bytea, price numeric, paid numeric, result_hash bytea, reason integer,
  created bigint not null, assigned bigint, ended bigint, tx_hash bytea not null
) with (fillfactor = 70);
create table stake (
  height bigint, log_index integer, node_id bytea not null, kind text not null, amount numeric not null,
  job_id bigint, time bigint not null, tx_hash bytea not null, primary key (height, log_index)
);
create table payout (
  height bigint, log_index integer, job_id bigint not null, node_id bytea not null, recipient bytea not null,
  amount numeric not null, time bigint not null, tx_hash bytea not null, primary key (height, log_index)
);
create table event (
  height bigint, log_index integer, event smallint not null, tx_hash bytea not null, topics bytea not null,
  data bytea not null, time bigint not null, primary key (height, log_index)
);
create table progress (height bigint not null, events bigint not null, done boolean not null);
insert into progress values (-1, 0, false);
