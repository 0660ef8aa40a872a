import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of the API, each with a bucket of its own. See docs/decisions/0020-limits.md. */
export class Keys1700000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table api_key (
        id text primary key,
        hash bytea not null,
        name text not null,
        capacity integer not null,
        per_second integer not null,
        created_at timestamptz not null,
        revoked_at timestamptz,
        last_used_at timestamptz
      );
      create unique index api_key_hash on api_key (hash);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table api_key');
  }
}
