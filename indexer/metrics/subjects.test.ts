import type pg from 'pg';
import { createPool } from '../../schema/database.js';
import { createTestDatabase, type TestDatabase } from '../../test/testDatabase.js';
import { ensureSubjects, type Subject, toHardwareId, toRegionId, toSubjectKey } from './subjects.js';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.url, { role: 'test', max: 1 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('subjects of metrics', () => {
  it('keep their numbers, and only those that are new get one', async () => {
    const client = await pool.connect();
    try {
      const one: Subject[] = [
        { kind: 'node', id: 'net:a' },
        { kind: 'provider', id: 'net:a' },
        { kind: 'node', id: 'net:a' },
      ];
      const first = await ensureSubjects(client, 'net', one);
      expect([...first.keys()].sort()).toEqual(['node net:a', 'provider net:a']);
      const second = await ensureSubjects(client, 'net', [...one, { kind: 'region', id: toRegionId('net', 'eu') }]);
      for (const [key, number] of first) expect(second.get(key)).toBe(number);
      expect([...second.values()].sort((a, b) => a - b)).toEqual([1, 2, 3]);
      expect(second.has(toSubjectKey({ kind: 'region', id: 'net:region:eu' }))).toBe(true);
      expect((await ensureSubjects(client, 'net', [])).size).toBe(0);
      const { rows } = await client.query(`select distinct network_id from metric_subject`);
      expect(rows).toEqual([{ network_id: 'net' }]);
    } finally {
      client.release();
    }
  });

  it('are of one class of hardware however their machines write it, and unknown where nobody can tell', () => {
    expect(toHardwareId('net', 'NVIDIA H100 80GB HBM3')).toBe('net:gpu:nvidia-h100');
    expect(toHardwareId('net', '8x h100-sxm')).toBe('net:gpu:nvidia-h100');
    for (const none of [null, '', 'H100 or A100', 'MyGPU 9000'])
      expect(toHardwareId('net', none)).toBe('net:gpu:unknown');
  });
});
