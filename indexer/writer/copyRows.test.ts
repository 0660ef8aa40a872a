import { createPool } from '../../schema/database.js';
import { createTestDatabase } from '../../test/testDatabase.js';
import { cleanText, copyRows, toJson } from './copyRows.js';
import { transact } from './transact.js';

describe('copyRows', () => {
  it('brings every kind of value into the table as it is', async () => {
    const database = await createTestDatabase();
    const pool = createPool(database.url, { role: 'test' });
    const columns = {
      id: 'number',
      word: 'text',
      bytes: 'bytea',
      many: 'bytea[]',
      tree: 'json',
      at: 'time',
      amount: 'number',
    } as const;
    const time = new Date('2026-01-02T03:04:05.678Z');
    const amount = String(2n ** 256n - 1n);
    const words = [
      'plain',
      '',
      'tab\there',
      'line\nbreak\r',
      'back\\slash',
      '\\N',
      'quote"\'',
      '{a,b}',
      'Ü 漢 🚀',
      null,
    ];
    try {
      await pool.query(
        'create table sample (id int, word text, bytes bytea, many bytea[], tree jsonb, at timestamptz, amount numeric)',
      );
      const rows = words.map((word, id) => ({
        id,
        word,
        bytes: '0x00ff5c0a',
        many: ['0x00', '0xabcd', '0x'],
        tree: { word, big: 2n ** 200n, list: ['\t', '\\'] },
        at: time,
        amount,
      }));
      await transact(pool, (client) => copyRows(client, 'sample', columns, rows));
      const { rows: stored } = await pool.query('select * from sample order by id');
      expect(stored.map((row) => row.word)).toEqual(words);
      for (const [index, row] of stored.entries()) {
        expect(row.bytes).toEqual(Buffer.from('00ff5c0a', 'hex'));
        expect(row.many).toEqual([Buffer.from('00', 'hex'), Buffer.from('abcd', 'hex'), Buffer.alloc(0)]);
        expect(row.tree).toEqual({ word: words[index], big: String(2n ** 200n), list: ['\t', '\\'] });
        expect(row.at).toEqual(time);
        expect(row.amount).toBe(amount);
      }
    } finally {
      await pool.end();
      await database.drop();
    }
  });

  it('replaces what Postgres refuses, and nothing else', () => {
    expect(cleanText('a\u0000b')).toBe('a\uFFFDb');
    expect(cleanText('lone \ud800 surrogate')).toBe('lone \uFFFD surrogate');
    expect(cleanText('a pair \u{1F680} stays')).toBe('a pair \u{1F680} stays');
    expect(toJson({ name: 'x\u0000' })).toBe(JSON.stringify({ name: 'x\uFFFD' }));
  });
});
