import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a range of the past adds to a provider is one row, from `height_from` on: rows per block were a tenth of all that
 * a backfill wrote. See docs/decisions/0006-coarse-ranges.md.
 */
export class Coarse1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table provider_delta add column height_from bigint;
      update provider_delta set height_from = height;
      alter table provider_delta alter column height_from set not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table provider_delta drop column height_from');
  }
}
