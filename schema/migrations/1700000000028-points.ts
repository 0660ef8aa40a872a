import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the API finds a block by its hash, and the jobs that somebody ran at a point in the past. See docs/decisions/0016-as-of.md. */
export class Points1700000000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index block_hash on block using hash (hash);
      create index job_step_provider on job_step (provider_id, height) where provider_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index job_step_provider, block_hash');
  }
}
