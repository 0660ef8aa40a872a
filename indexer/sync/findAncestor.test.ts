import { createPool } from '../../schema/database.js';
import type { Hex } from '../../schema/lib/hex.js';
import { createTestDatabase } from '../../test/testDatabase.js';
import type { Header } from '../events/logs.js';
import type { Source } from '../source/Source.js';
import { findAncestor, hasLeft } from './findAncestor.js';

const chainId = 7;

/** Block hashes tell the fork: `a` is what is stored, `b` what replaced it. */
function toHeader(height: number, fork: string): Header {
  const hash: Hex = `0x${fork}${String(height).padStart(63, '0')}`;
  return { height, hash, parentHash: `0x${'0'.repeat(64)}`, time: new Date(0) };
}

function toSource(forkAt: (height: number) => string | undefined): Source {
  return {
    listHeaders: async (heights: readonly number[]) =>
      heights.flatMap((height) => {
        const fork = forkAt(height);
        return fork ? [toHeader(height, fork)] : [];
      }),
  } as unknown as Source;
}

async function withStored(heights: readonly number[], work: (pool: ReturnType<typeof createPool>) => Promise<void>) {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test' });
  try {
    for (const height of heights) {
      const { hash } = toHeader(height, 'a');
      await pool.query(`insert into block values ($1, $2, $3, '\\x00', now())`, [
        chainId,
        height,
        Buffer.from(hash.slice(2), 'hex'),
      ]);
    }
    await work(pool);
  } finally {
    await pool.end();
    await database.drop();
  }
}

describe('the common block of a reorg', () => {
  const stored = Array.from({ length: 200 }, (_, index) => index * 3);

  it('is the highest stored one that the source still has, however sparse they are stored', () =>
    withStored(stored, async (pool) => {
      const source = toSource((height) => (height <= 100 ? 'a' : 'b'));
      expect(await findAncestor(pool, source, { chainId, below: 598 })).toBe(99);
    }));

  it('is none when every block was replaced', () =>
    withStored(stored, async (pool) => {
      expect(
        await findAncestor(
          pool,
          toSource(() => 'b'),
          { chainId, below: 598 },
        ),
      ).toBeUndefined();
    }));

  it('is not looked for in headers that a lagging node does not have', () =>
    withStored(stored, async (pool) => {
      const lagging = toSource((height) => (height <= 300 ? 'a' : undefined));
      await expect(findAncestor(pool, lagging, { chainId, below: 598 })).rejects.toThrow(/the node does not have it/);
    }));
});

describe('a head below the cursor', () => {
  it('is a lagging node while its blocks are ours, and a reorg when they are not', () =>
    withStored([10, 20, 30], async (pool) => {
      expect(
        await hasLeft(
          pool,
          toSource(() => 'a'),
          { chainId, headHeight: 25 },
        ),
      ).toBe(false);
      expect(
        await hasLeft(
          pool,
          toSource(() => 'b'),
          { chainId, headHeight: 25 },
        ),
      ).toBe(true);
      expect(
        await hasLeft(
          pool,
          toSource(() => 'b'),
          { chainId, headHeight: 5 },
        ),
      ).toBe(false);
      expect(
        await hasLeft(
          pool,
          toSource(() => undefined),
          { chainId, headHeight: 25 },
        ),
      ).toBe(false);
    }));
});
