import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Balances as logs state them, the rules that amounts keep to, and what breaks one. See docs/decisions/0011-conservation.md. */
export class Conservation1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table network add column conservation jsonb not null default '{}';
      alter table escrow_change add column subaccount text;
      create index escrow_change_account on escrow_change (account, height desc, log_index desc)
        where account is not null;
      create table balance_statement (
        chain_id bigint not null,
        height bigint not null,
        log_index integer not null,
        part smallint not null default 0,
        network_id text not null,
        kind text not null,
        account text not null,
        subaccount text,
        token text not null,
        amount numeric not null,
        time timestamptz not null,
        tx_hash bytea not null,
        primary key (chain_id, height, log_index, part)
      );
      create index balance_statement_account on balance_statement (account, height desc, log_index desc);
      create table anomaly (
        chain_id bigint not null,
        height bigint not null,
        log_index integer not null,
        rule text not null,
        subject text not null,
        network_id text not null,
        token text not null,
        expected numeric not null,
        got numeric not null,
        time timestamptz not null,
        tx_hash bytea not null,
        found_at timestamptz not null default now(),
        primary key (chain_id, height, log_index, rule, subject)
      );
      create index anomaly_network on anomaly (network_id, time desc);
      create table conservation_progress (
        chain_id bigint primary key,
        height bigint,
        method text
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index escrow_change_account;
      drop table conservation_progress, anomaly, balance_statement;
      alter table escrow_change drop column subaccount;
      alter table network drop column conservation;
    `);
  }
}
