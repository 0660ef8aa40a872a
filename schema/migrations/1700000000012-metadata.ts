import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A slash may name a task alone. */
export class Metadata1700000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table stake_change alter column account drop not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from stake_change where account is null;
      alter table stake_change alter column account set not null;
    `);
  }
}
