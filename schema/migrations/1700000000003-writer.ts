import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A step says who was given the job, so that a job's provider follows from its steps. The rest makes writing cheaper:
 * keys that serve as the index their readers use, no index that nobody reads, room for updates in place. See
 * docs/decisions/0004-batches-folded-in-memory.md.
 */
export class Writer1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table job_step add column provider_id text, drop column detail;
      update job_step s set provider_id = j.provider_id from job j
        where j.id = s.job_id and s.kind in ('created', 'assigned');
      alter table job_step drop constraint job_step_pkey;
      drop index job_step_job, job_step_task;
      alter table job_step add primary key (job_id, height, log_index, part);
      create index job_step_height on job_step (chain_id, height);

      alter table attempt drop constraint attempt_pkey;
      drop index attempt_task;
      alter table attempt add primary key (task_id, height, log_index, part);
      create index attempt_height on attempt (chain_id, height);

      alter table provider_delta drop constraint provider_delta_pkey;
      drop index provider_delta_provider;
      alter table provider_delta add primary key (provider_id, height);
      create index provider_delta_height on provider_delta (chain_id, height);

      drop index event_provider, job_born, task_born, task_ended, provider_version_to;
      drop index provider_network;
      create index provider_network on provider (network_id, id);
      drop index job_time, job_network, job_provider, job_buyer, job_status;
      create index job_time on job (time desc);
      create index job_network on job (network_id, time desc);
      create index job_provider on job (provider_id, time desc);
      create index job_buyer on job (buyer, time desc);
      create index job_status on job (status, time desc);

      alter table event alter column args type json using args::json;
      alter table job alter column attributes drop default;
      alter table job alter column attributes type json using attributes::json;
      alter table job alter column attributes set default '{}';

      create table deferred_index (name text primary key, definition text not null);

      alter table provider set (fillfactor = 50);
      alter table provider_version set (fillfactor = 80);
      alter table task set (fillfactor = 80);
      alter table job set (fillfactor = 80);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table deferred_index;
      alter table provider reset (fillfactor);
      alter table provider_version reset (fillfactor);
      alter table task reset (fillfactor);
      alter table job reset (fillfactor);

      alter table job alter column attributes drop default;
      alter table job alter column attributes type jsonb using attributes::jsonb;
      alter table job alter column attributes set default '{}';
      alter table event alter column args type jsonb using args::jsonb;
      drop index job_time, job_network, job_provider, job_buyer, job_status;
      create index job_time on job (time desc, id);
      create index job_network on job (network_id, time desc, id);
      create index job_provider on job (provider_id, time desc, id);
      create index job_buyer on job (buyer, time desc, id);
      create index job_status on job (status, time desc, id);
      create index provider_version_to on provider_version (chain_id, height_to);
      drop index provider_network;
      create index provider_network on provider (network_id, jobs desc, id);
      create index task_ended on task (network_id, ended_time) where ended_time is not null;
      create index task_born on task (chain_id, height);
      create index job_born on job (chain_id, height);
      create index event_provider on event (provider_id, height desc, log_index desc) where provider_id is not null;

      drop index provider_delta_height;
      alter table provider_delta drop constraint provider_delta_pkey;
      alter table provider_delta add primary key (chain_id, height, provider_id);
      create index provider_delta_provider on provider_delta (provider_id, height desc);

      drop index attempt_height;
      alter table attempt drop constraint attempt_pkey;
      alter table attempt add primary key (chain_id, height, log_index, part);
      create index attempt_task on attempt (task_id, height, log_index);

      drop index job_step_height;
      alter table job_step drop constraint job_step_pkey;
      alter table job_step add primary key (chain_id, height, log_index, part);
      create index job_step_job on job_step (job_id, height, log_index, part);
      create index job_step_task on job_step (task_id, height, log_index, part) where task_id is not null;
      alter table job_step add column detail jsonb not null default '{}', drop column provider_id;
    `);
  }
}
