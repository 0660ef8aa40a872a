import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a rollback took back, written in its transaction: whoever follows a chain from outside learns afterwards what else is not
 * true any more. See docs/decisions/0019-live.md.
 */
export class Retractions1700000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table retraction (
        chain_id bigint not null,
        number integer not null,
        from_height bigint not null,
        height bigint,
        complete boolean not null,
        primary key (chain_id, number)
      );
      create table retracted (
        chain_id bigint not null,
        number integer not null,
        kind text not null,
        id text not null,
        provider_id text,
        buyer text,
        primary key (chain_id, number, kind, id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table retracted, retraction');
  }
}
