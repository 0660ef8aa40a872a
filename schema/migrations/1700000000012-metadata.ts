import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Marks of texts that were cleaned; a slash that names a task alone; GPUs by what was claimed. */
export class Metadata1700000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of versioned) {
      await runner.query(`alter table ${table} add column altered jsonb not null default '{}'`);
    }
    await runner.query(`
      alter table stake_change alter column account drop not null;
      create index node_gpu_model on node (gpu_model) where gpu_model is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index node_gpu_model;
      delete from stake_change where account is null;
      alter table stake_change alter column account set not null;
    `);
    for (const table of versioned) await runner.query(`alter table ${table} drop column altered`);
  }
}

const versioned = ['provider', 'provider_version', 'node', 'node_version'];
