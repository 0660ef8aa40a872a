import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a network first said that work began, without reading all steps of a chain where none ever does. */
export class Begun1700000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("create index job_step_started on job_step (chain_id, height) where kind = 'started'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index job_step_started');
  }
}
