import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a sync was expected to take, and what it took: the last plan of each chain. */
export class Plan1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sync_plan (
        chain_id bigint primary key,
        made_at timestamptz not null,
        plan jsonb not null,
        actual jsonb,
        measured_at timestamptz
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sync_plan');
  }
}
