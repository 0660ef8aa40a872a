import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Jobs that took more than a day: those at work in an hour are found among the jobs of the day before, and here. How
 * few they are the planner learns from the statistics.
 */
export class Capacity1700000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index job_long on job (network_id, ended_time) where ended_time - time > interval '1 day';
      create statistics job_length on (ended_time - time) from job;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop statistics job_length; drop index job_long');
  }
}
