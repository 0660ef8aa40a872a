import { createPool } from '../../schema/database.js';
import type { Hex } from '../../schema/lib/hex.js';
import { createTestDatabase } from '../../test/testDatabase.js';
import { CopyBuffer } from './CopyBuffer.js';
import { copyBinary } from './copyBinary.js';
import { transact } from './transact.js';

describe('CopyBuffer', () => {
  it('brings every kind of value into the table as it is', async () => {
    const words = ['plain', '', 'tab\there', 'line\nbreak\r', 'back\\slash', '\\N', 'quote"\'', 'Ü 漢 🚀', null];
    const amounts = [
      ...[0n, 1n, -1n, 9_999n, 10_000n, -10_000n, 10_001n, 123_456_789n],
      ...[10n ** 76n, 10n ** 20n + 1n, 2n ** 256n - 1n, -(2n ** 255n), 5n * 10n ** 40n],
    ];
    const times = ['1970-01-01T00:00:00.001Z', '1999-12-31T23:59:59.999Z', '+275760-09-13T00:00:00.000Z'];
    const rows = Array.from({ length: 40 }, (_, id) => ({
      id,
      small: id - 20,
      large: (id % 2 ? 1 : -1) * (Number.MAX_SAFE_INTEGER - id),
      word: words[id % words.length] ?? null,
      bytes: `0x${'00ff5c0a'.repeat(id)}` as Hex,
      many: Array.from({ length: id % 4 }, (_, at) => `0x${'ab'.repeat(at)}` as Hex),
      tree: JSON.stringify({ id, text: 'Ü\t' }),
      at: new Date(times[id % times.length] ?? 0),
      amount: amounts[id % amounts.length] ?? 0n,
      flag: id % 2 === 0,
    }));
    const buffer = new CopyBuffer('copy sample from stdin with (format binary)', 11, 32);
    const database = await createTestDatabase();
    const pool = createPool(database.url, { role: 'test' });
    try {
      await pool.query(
        `create table sample (id int, small smallint, large bigint, word text, bytes bytea, many bytea[], tree jsonb,
          text json, at timestamptz, amount numeric, flag boolean)`,
      );
      // Twice, for its memory is used again.
      for (const part of [rows.slice(0, 25), rows.slice(25)]) {
        buffer.clear();
        for (const row of part) {
          buffer.startRow();
          buffer.int32(row.id);
          buffer.int16(row.small);
          buffer.int64(row.large);
          buffer.text(row.word);
          buffer.hex(row.bytes);
          buffer.hexes(row.many);
          buffer.jsonb(row.tree);
          buffer.text(row.tree);
          buffer.time(row.at);
          buffer.numeric(String(row.amount));
          buffer.boolean(row.flag);
        }
        await transact(pool, (client) => copyBinary(client, buffer));
      }
      const { rows: stored } = await pool.query('select *, amount::text as digits from sample order by id');
      expect(stored).toHaveLength(rows.length);
      for (const [index, row] of rows.entries()) {
        expect(stored[index]).toEqual({
          ...row,
          bytes: Buffer.from(row.bytes.slice(2), 'hex'),
          many: row.many.map((hex) => Buffer.from(hex.slice(2), 'hex')),
          tree: JSON.parse(row.tree),
          text: JSON.parse(row.tree),
          amount: String(row.amount),
          digits: String(row.amount),
        });
      }
      // What a sum or a comparison sees, too: a number that is stored in another form than its own would not equal it.
      const { rows: odd } = await pool.query('select id from sample where amount <> amount::text::numeric');
      expect(odd).toEqual([]);
    } finally {
      await pool.end();
      await database.drop();
    }
  });

  it('knows no value where there is none', async () => {
    const database = await createTestDatabase();
    const pool = createPool(database.url, { role: 'test' });
    const buffer = new CopyBuffer('copy sample from stdin with (format binary)', 5);
    try {
      await pool.query('create table sample (large bigint, word text, bytes bytea, at timestamptz, amount numeric)');
      buffer.startRow();
      buffer.int64(null);
      buffer.text(undefined);
      buffer.hex(null);
      buffer.time(undefined);
      buffer.numeric(null);
      await transact(pool, (client) => copyBinary(client, buffer));
      const { rows } = await pool.query('select * from sample');
      expect(rows).toEqual([{ large: null, word: null, bytes: null, at: null, amount: null }]);
    } finally {
      await pool.end();
      await database.drop();
    }
  });
});
