import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * From when on a task's payment is known, so that an outcome can be read as of any time; and how the roller finds the jobs whose
 * outcomes changed without a step in the hours that are marked: deadlines that passed, derived rows whose job is gone or was
 * given another end, payments and slashes that came or went.
 */
export class Outcomes1700000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table task_outcome add column paid_time timestamptz;
      create index task_outcome_derived on task_outcome (network_id, known_from) where derived;
      create index task_outcome_paid on task_outcome (network_id, paid_time) where paid_time > known_from;
      create index job_deadline on job (network_id, deadline) where deadline is not null;
      create index stake_change_slashed on stake_change (task_id) where kind = 'slashed' and task_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index stake_change_slashed, job_deadline, task_outcome_paid, task_outcome_derived;
      alter table task_outcome drop column paid_time;
    `);
  }
}
