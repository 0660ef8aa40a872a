import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers of the chains' own price feeds, and where USD for a token comes from. */
export class Feeds1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table token add column usd jsonb;
      create table feed_answer (
        chain_id bigint not null,
        height bigint not null,
        log_index integer not null,
        part smallint not null default 0,
        network_id text not null,
        feed text not null,
        aggregator text not null,
        phase integer,
        round_id numeric not null,
        answer numeric not null,
        updated_at numeric not null,
        decimals smallint not null,
        time timestamptz not null,
        primary key (chain_id, height, log_index, part)
      );
      create index feed_answer_updated on feed_answer (chain_id, feed, updated_at, height, log_index);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table feed_answer;
      alter table token drop column usd;
    `);
  }
}
