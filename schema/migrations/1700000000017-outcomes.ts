import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * From when on a task's payment is known, so that an outcome can be read as of any time; the class and the region of the machine,
 * by which figures are grouped; and the attempts of which nobody knows yet. And how the roller finds the jobs whose outcomes
 * changed without a step in the hours that are marked: deadlines that passed, derived rows whose job is gone or was given another
 * end, payments and slashes that came or went.
 */
export class Outcomes1700000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table task_outcome add column region text, add column hardware text not null, add column paid_time timestamptz;
      create index task_outcome_derived on task_outcome (network_id, known_from) where derived;
      create index task_outcome_paid on task_outcome (network_id, paid_time) where paid_time > known_from;
      create index job_deadline on job (network_id, deadline) where deadline is not null;
      create index stake_change_slashed on stake_change (task_id) where kind = 'slashed' and task_id is not null;
      create table task_running (
        job_id text not null,
        task_id text not null,
        network_id text not null,
        chain_id bigint not null,
        provider_id text not null,
        node_id text,
        buyer text,
        assigned_time timestamptz not null,
        started_time timestamptz,
        deadline timestamptz,
        gpu_model text,
        gpus integer,
        region text,
        hardware text not null,
        last_time timestamptz not null,
        primary key (job_id, task_id)
      );
      create index task_running_last on task_running (network_id, last_time);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table task_running;
      drop index stake_change_slashed, job_deadline, task_outcome_paid, task_outcome_derived;
      alter table task_outcome drop column paid_time, drop column hardware, drop column region;
    `);
  }
}
