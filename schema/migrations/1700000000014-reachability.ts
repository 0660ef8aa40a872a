import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether providers and machines answer, and what others measured of them. See docs/probes.md. */
export class Reachability1700000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table probe_target add column node_id text;
      create table reach_hour (
        network_id text not null,
        probe text not null,
        target text not null,
        observer text not null,
        hour integer not null,
        host text not null,
        provider_id text,
        node_id text,
        asked bigint not null,
        answered bigint not null,
        reached bigint not null,
        latency_us integer[] not null,
        primary key (network_id, probe, target, observer, hour)
      ) with (fillfactor = 70);
      create index reach_hour_observer on reach_hour (observer, hour);
      create index reach_hour_provider on reach_hour (provider_id, hour) where provider_id is not null;
      create index reach_hour_node on reach_hour (node_id, hour) where node_id is not null;
      create table reach_blind (
        observer text not null,
        hour integer not null,
        blind bigint not null,
        primary key (observer, hour)
      );
      create table score_reading (
        network_id text not null,
        provider_id text not null,
        probe text not null,
        region text not null,
        metric text not null,
        source_time timestamptz not null,
        observer text not null,
        value bigint not null,
        source_url text not null,
        last_seen timestamptz not null,
        primary key (network_id, provider_id, probe, region, metric, source_time, observer)
      ) with (fillfactor = 70);
      create index score_reading_time on score_reading using brin (source_time) with (pages_per_range = 32);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table score_reading, reach_blind, reach_hour;
      alter table probe_target drop column node_id;
    `);
  }
}
