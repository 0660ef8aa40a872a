import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A provider's prices are asked for by time: the newest of a kind, those of the last days. By height of its chain they stand in the same order, but
 * Postgres does not know that, and went through the newest prices of everybody until it had met enough of the provider's.
 */
export class Priced1700000000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index price_provider;
      create index price_provider on price (provider_id, time desc, height desc, log_index desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index price_provider;
      create index price_provider on price (provider_id, height desc, log_index desc);
    `);
  }
}
