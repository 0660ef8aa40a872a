import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which networks' tasks have failed once their job's deadline has passed, and by which index the jobs are found that it
 * has passed for. See docs/decisions/0009-failed-by-deadline.md.
 */
export class Deadline1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table network add column final_deadline boolean not null default false;
      create index job_unended on job (network_id, provider_id, deadline) where status in ('open', 'running');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index job_unended;
      alter table network drop column final_deadline;
    `);
  }
}
