import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the sync itself keeps: who may write, what is proven, which contracts factories announced, answers of contract
 * reads, how the endpoints do, and the state digest of each stored block.
 */
export class Sync1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table chain
        add column safe_height bigint,
        add column reorgs integer not null default 0,
        add column deepest_reorg integer not null default 0,
        add column lease_epoch bigint not null default 0,
        add column lease_holder text,
        add column lease_until timestamptz;
      alter table block
        alter column parent_hash drop not null,
        add column digest_sum bytea,
        add column digest_rows bigint;
      create table verified_range (
        chain_id bigint not null,
        height_from bigint not null,
        height_to bigint not null,
        level text not null,
        primary key (chain_id, height_from)
      );
      create table contract (
        chain_id bigint not null,
        address bytea not null,
        network_id text not null,
        role text not null,
        height bigint not null,
        log_index integer not null,
        primary key (chain_id, address, network_id)
      );
      create index contract_born on contract (chain_id, height);
      create table contract_read (
        chain_id bigint not null,
        key text not null,
        answer jsonb,
        primary key (chain_id, key)
      );
      create table endpoint (
        chain_id bigint not null,
        name text not null,
        role text not null,
        state text not null,
        requests bigint not null,
        calls bigint not null,
        bytes bigint not null,
        failures bigint not null,
        faults bigint not null,
        fault_reason text,
        fault_detail text,
        fault_at timestamptz,
        latency_ms integer,
        rate_limit integer,
        head_height bigint,
        set_aside_until timestamptz,
        updated_at timestamptz not null,
        primary key (chain_id, name)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table endpoint, contract_read, contract, verified_range;
      alter table block drop column digest_sum, drop column digest_rows;
      delete from block where parent_hash is null;
      alter table block alter column parent_hash set not null;
      alter table chain drop column safe_height, drop column reorgs, drop column deepest_reorg, drop column lease_epoch,
        drop column lease_holder, drop column lease_until;
    `);
  }
}
