import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How the API finds what somebody types: providers by any part of their name, machines and providers by the beginning of their address,
 * transactions by their hash. Parts of three letters take the place of an extension that not every Postgres has.
 */
export class Search1700000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // An index is made with nothing in sight but what Postgres brings, so neither function may call the other.
    await runner.query(`
      create function search_text(value text) returns text language sql immutable strict parallel safe as $$
        select ${shown}
      $$;
      create function search_grams(value text) returns text[] language sql immutable strict parallel safe as $$
        select coalesce(array_agg(distinct substr(cleaned.letters, place, 3)), '{}')
        from (select ${shown} as letters) as cleaned cross join generate_series(1, length(cleaned.letters) - 2) as place
      $$;
      create index provider_name on provider (search_text(name) text_pattern_ops) where name is not null;
      create index provider_grams on provider using gin (search_grams(name)) where name is not null;
      create index provider_native on provider (lower(native_id) text_pattern_ops);
      create index provider_owner on provider (owner) where owner is not null;
      create index node_native on node (lower(native_id) text_pattern_ops);
      create index event_transaction on event using hash (tx_hash);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index event_transaction, node_native, provider_owner, provider_native, provider_grams, provider_name;
      drop function search_grams(text);
      drop function search_text(text);
    `);
  }
}

/**
 * Letters that are not seen, and those that turn the direction of text, are no part of what is typed. A name may be as long as a
 * transaction: what lies behind its first letters would cost whoever writes it, and has no place in an index.
 */
const shown = String.raw`lower(regexp_replace(left(value, 256), '[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]', '', 'g'))`;
