import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Signed heartbeats (docs/heartbeat.md). `slot`, `hour` and `day` are whole minutes, hours and days of unix time; bitmaps have
 * a bit for each slot of their hour. Tables that grow with nodes bear `node_key` in every key, so that they can be distributed
 * by it; those of delegations bear theirs.
 */
export class Heartbeats1700000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(sessions);
    await runner.query(readings);
    await runner.query(rollups);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table heartbeat_node, observer, delegation, beat_batch, maintenance_notice, heartbeat, node_hour_open, node_hour,
        observer_slot, beat_flag, node_hardware, node_verdict, network_hour, node_day, network_day, node_standing
    `);
  }
}

const sessions = `
  create table heartbeat_node (
    node_key integer generated always as identity primary key,
    node_id text not null unique,
    network_id text not null,
    provider_id text,
    first_slot integer
  );
  create index heartbeat_node_network on heartbeat_node (network_id, node_key);
  create index heartbeat_node_provider on heartbeat_node (provider_id) where provider_id is not null;
  create table observer (
    observer smallint generated always as identity primary key,
    name text not null unique,
    network_group text not null
  );
  create table delegation (
    delegation_key integer generated always as identity primary key,
    id bytea not null unique,
    kind text not null,
    network_id text not null,
    account bytea not null,
    public_key bytea,
    valid_from bigint not null,
    valid_to bigint not null,
    revoked_at bigint,
    mac boolean not null default false,
    nodes integer[] not null,
    opened_at timestamptz not null
  );
  create index delegation_account on delegation (account);
  create index delegation_revoked on delegation (revoked_at) where revoked_at is not null;
  create table beat_batch (
    delegation_key integer not null,
    counter integer not null,
    first_slot integer not null,
    last_slot integer not null,
    observer smallint not null,
    digest bytea not null,
    primary key (delegation_key, counter, observer)
  ) with (fillfactor = 90);
  create index beat_batch_slot on beat_batch (last_slot);
  create table maintenance_notice (
    node_key integer not null,
    from_slot integer not null,
    to_slot integer not null,
    account bytea not null,
    received_at timestamptz not null,
    primary key (node_key, from_slot, to_slot)
  );
`;

/** Of raw beats the widest columns stand first, so that none needs padding: 64 bytes a row where nothing is null. */
const readings = `
  create table heartbeat (
    digest bigint not null,
    node_key integer not null,
    slot integer not null,
    delegation_key integer not null,
    counter integer not null,
    rtt_us integer,
    sent_cs smallint not null,
    received_cs smallint not null,
    util_permille smallint,
    memory_permille smallint,
    jobs smallint,
    observer smallint not null
  ) partition by range (slot);
  create index heartbeat_slot on heartbeat using brin (slot) with (pages_per_range = 32);
  create table node_hour_open (
    up bigint not null,
    late bigint not null,
    node_key integer not null,
    hour integer not null,
    observer smallint not null,
    primary key (node_key, hour, observer)
  ) with (fillfactor = 70);
  create table node_hour (
    up bigint not null,
    late bigint not null,
    node_key integer not null,
    hour integer not null,
    rtt_sum_us integer not null,
    rtt_max_us integer not null,
    util_sum_permille integer not null,
    observer smallint not null,
    rtt_count smallint not null,
    util_count smallint not null,
    primary key (node_key, hour, observer)
  ) partition by range (hour);
  create index node_hour_hour on node_hour using brin (hour) with (pages_per_range = 32);
  create table observer_slot (
    observer smallint not null,
    slot integer not null,
    alive bigint not null,
    primary key (observer, slot)
  );
  create table beat_flag (
    node_key integer not null,
    hour integer not null,
    reason text not null,
    slots bigint not null,
    detail jsonb not null default '{}',
    primary key (node_key, hour, reason)
  );
  create index beat_flag_hour on beat_flag (hour);
  create table node_hardware (
    node_key integer primary key,
    slot integer not null,
    digest bigint not null,
    gpu_model text,
    gpu_count integer not null,
    vram_mb integer
  );
`;

/** What is summed over observers, 1,440 slots each, outgrows a smallint by the 23rd of them. */
const rollups = `
  create table node_verdict (
    up bigint not null,
    known bigint not null,
    expected bigint not null,
    maintenance bigint,
    node_key integer not null,
    hour integer not null,
    primary key (node_key, hour)
  ) partition by range (hour);
  create index node_verdict_hour on node_verdict using brin (hour) with (pages_per_range = 32);
  create table network_hour (
    network_id text not null,
    hour integer not null,
    observer smallint not null,
    receipts integer[] not null,
    healthy bigint not null,
    primary key (network_id, hour, observer)
  );
  create table node_day (
    node_key integer not null,
    day integer not null,
    up smallint not null,
    known smallint not null,
    expected smallint not null,
    maintenance smallint not null,
    maintenance_up smallint not null,
    late integer not null,
    rtt_count integer not null,
    util_count integer not null,
    rtt_sum_us bigint not null,
    rtt_max_us integer not null,
    util_sum_permille bigint not null,
    primary key (node_key, day)
  );
  create index node_day_day on node_day (day);
  create table network_day (
    network_id text not null,
    day integer not null,
    nodes integer not null,
    up bigint not null,
    known bigint not null,
    expected bigint not null,
    maintenance bigint not null,
    maintenance_up bigint not null,
    late bigint not null,
    rtt_count bigint not null,
    util_count bigint not null,
    rtt_sum_us bigint not null,
    rtt_max_us integer not null,
    util_sum_permille bigint not null,
    primary key (network_id, day)
  );
  create table node_standing (
    node_key integer primary key,
    network_id text not null,
    to_hour integer not null,
    up integer not null,
    known integer not null,
    expected integer not null,
    maintenance integer not null,
    maintenance_up integer not null,
    uptime_ppm integer
  );
  create index node_standing_uptime on node_standing (network_id, uptime_ppm desc nulls last, known desc, node_key);
`;
