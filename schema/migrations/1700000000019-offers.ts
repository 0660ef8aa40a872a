import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Asks and bids are few beside what was agreed on, and each turn of the roller reads all that stand: by an index of their own. */
export class Offers1700000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index price_offered on price (network_id, basis, time) where basis in ('advertised', 'bid');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index price_offered');
  }
}
