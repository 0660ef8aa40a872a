import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest prices and movements of escrow over all networks: a list begins with them, and goes on from any of them. */
export class Lists1700000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index price_time on price (time desc);
      create index escrow_change_time on escrow_change (time desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index escrow_change_time, price_time');
  }
}
