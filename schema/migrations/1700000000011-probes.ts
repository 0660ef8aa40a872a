import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Prices that are asked for off chain, and how the asking goes. See docs/probes.md. */
export class Probes1700000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Most updates move last_seen and valid_until alone: room in the page keeps them off the indexes.
    await runner.query(`
      create table price_reading (
        network_id text not null,
        thing bytea not null,
        day date not null,
        amount numeric not null,
        probe text not null,
        target text not null,
        observer text not null,
        provider_id text,
        node_id text,
        basis text not null,
        unit text not null,
        resource text,
        token text not null,
        scale smallint,
        attributes jsonb not null default '{}',
        source_url text not null,
        first_seen timestamptz not null,
        last_seen timestamptz not null,
        valid_until timestamptz not null,
        primary key (network_id, thing, day, amount)
      ) with (fillfactor = 70);
      create index price_reading_provider on price_reading (provider_id, day) where provider_id is not null;
      create index price_reading_target on price_reading (network_id, probe, target, day);
      create table probe_target (
        network_id text not null,
        probe text not null,
        target text not null,
        observer text not null,
        provider_id text,
        url text not null,
        host text not null,
        interval_seconds integer not null,
        next_due timestamptz not null,
        last_attempt timestamptz,
        last_success timestamptz,
        failures integer not null default 0,
        error_reason text,
        error_text text,
        prices integer not null default 0,
        refused integer not null default 0,
        primary key (network_id, probe, target, observer)
      );
      create index probe_target_due on probe_target (observer, next_due);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table probe_target, price_reading');
  }
}
