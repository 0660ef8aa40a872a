import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A ranking takes the last ask for each thing of all providers: in the order of this index they stand first, and nothing is sorted. */
export class Asked1700000000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index price_asked on price (provider_id, node_id, resource, unit, height desc, log_index desc, part desc)
        include (network_id, token, amount, scale, time) where basis = 'advertised';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index price_asked');
  }
}
