import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What protocols other than iExec say besides: machines with hardware, prices per anything, buyers' money in escrow, and
 * rules that change. See docs/decisions/0008-vocabulary.md.
 */
export class Market1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table node
        add column provider_id text,
        add column active boolean,
        add column region text,
        add column gpu_model text,
        add column gpu_count integer,
        add column vram_mb integer,
        add column uri text,
        add column terms jsonb not null default '{}';
      create index node_provider on node (provider_id) where provider_id is not null;
      create table node_version (
        node_id text not null,
        height_from bigint not null,
        height_to bigint,
        chain_id bigint not null,
        provider_id text,
        active boolean,
        region text,
        gpu_model text,
        gpu_count integer,
        vram_mb integer,
        uri text,
        terms jsonb not null default '{}',
        primary key (node_id, height_from)
      );
      create index node_version_from on node_version (chain_id, height_from);
      alter table job add column price_scale smallint;
      alter table payout alter column recipient drop not null;
      create table price (
        ${key},
        provider_id text,
        node_id text,
        job_id text,
        basis text not null,
        unit text not null,
        resource text,
        token text not null,
        amount numeric not null,
        scale smallint,
        time timestamptz not null,
        primary key (chain_id, height, log_index, part)
      );
      create index price_provider on price (provider_id, height desc, log_index desc);
      create index price_network on price (network_id, time desc);
      create index price_job on price (job_id, height, log_index) where job_id is not null;
      create table escrow_change (
        ${key},
        job_id text,
        account text,
        kind text not null,
        token text not null,
        amount numeric not null,
        delta numeric not null,
        time timestamptz not null,
        tx_hash bytea not null,
        primary key (chain_id, height, log_index, part)
      );
      create index escrow_change_job on escrow_change (job_id, height, log_index) where job_id is not null;
      create index escrow_change_network on escrow_change (network_id, time desc);
      create table parameter_change (
        ${key},
        name text not null,
        value text not null,
        time timestamptz not null,
        tx_hash bytea not null,
        primary key (chain_id, height, log_index, part)
      );
      create index parameter_change_network on parameter_change (network_id, time desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table parameter_change, escrow_change, price, node_version;
      delete from payout where recipient is null;
      alter table payout alter column recipient set not null;
      alter table job drop column price_scale;
      alter table node drop column provider_id, drop column active, drop column region, drop column gpu_model,
        drop column gpu_count, drop column vram_mb, drop column uri, drop column terms;
    `);
  }
}

const key = `
        chain_id bigint not null,
        height bigint not null,
        log_index integer not null,
        part smallint not null default 0,
        network_id text not null`;
