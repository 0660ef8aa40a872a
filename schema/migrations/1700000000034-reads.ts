import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Indexes that answer what was looked up row by row: when each machine of a provider was last at work, which is of thousands of attempts, and
 * which machines of a model a region has. Where a model stands is no chance: without statistics of both Postgres expects machines where there are
 * none, and looks through all of them.
 */
export class Reads1700000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index attempt_provider;
      create index attempt_provider on attempt (provider_id, node_id, time);
      drop index node_gpu_model;
      create index node_gpu_model on node (gpu_model, region, id) where gpu_model is not null;
      create statistics node_place (mcv) on gpu_model, region from node;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop statistics node_place;
      drop index attempt_provider;
      create index attempt_provider on attempt (provider_id, node_id);
      drop index node_gpu_model;
      create index node_gpu_model on node (gpu_model) where gpu_model is not null;
    `);
  }
}
