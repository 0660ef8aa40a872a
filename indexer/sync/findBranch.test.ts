import type { Header } from '../events/logs.js';
import type { BlockKey } from '../writer/Store.js';
import { findAncestor } from './findAncestor.js';
import { findBranch } from './findBranch.js';

/** A hash tells the fork: `a` is what is stored; `b` branches off above `forkAt`. */
function toHash(height: number, fork: string, forkAt: number): Header['hash'] {
  return `0x${height > forkAt ? fork : 'a'}${String(height).padStart(63, '0')}`;
}

function toHeader(height: number, fork: string, forkAt: number): Header {
  const [hash, parentHash] = [toHash(height, fork, forkAt), toHash(height - 1, fork, forkAt)];
  return { height, hash, parentHash, time: new Date(0) };
}

function toStore(heights: readonly number[]) {
  const blocks: readonly BlockKey[] = heights.map((height) => ({ height, hash: toHash(height, 'a', 0) })).reverse();
  return {
    listBlocks: async ({ below, limit }: { below: number; limit: number }) =>
      blocks.filter((block) => block.height < below).slice(0, limit),
  };
}

/** A node on one fork, up to a height; `forgets` headers by height that it has by hash only. */
function toSource(
  fork: string,
  forkAt: number,
  options: { readonly upTo?: number; readonly byHashOnly?: boolean } = {},
) {
  const { upTo = 10_000, byHashOnly = false } = options;
  return {
    listHeaders: async (heights: readonly number[]) =>
      byHashOnly ? [] : heights.filter((height) => height <= upTo).map((height) => toHeader(height, fork, forkAt)),
    findHeader: async (hash: string) => {
      const header = toHeader(Number(hash.slice(3)), fork, forkAt);
      return header.hash === hash ? header : undefined;
    },
  };
}

const every = (to: number) => Array.from({ length: to + 1 }, (_, height) => height);
const cursorAt = (height: number) => ({ height, hash: toHash(height, 'a', 0) });

describe('a head beside what is stored', () => {
  it('extends the cursor when its parents lead there, in one step or many', async () => {
    const store = toStore(every(200));
    for (const above of [1, 2, 100]) {
      const branch = await findBranch({
        ...{ source: toSource('a', 0), store, cursor: cursorAt(200) },
        head: toHeader(200 + above, 'a', 0),
      });
      expect(branch.kind).toBe('extends');
      expect(branch.kind === 'extends' && branch.headers.map(({ height }) => height)).toEqual(
        Array.from({ length: above }, (_, index) => 201 + index),
      );
    }
  });

  it('is ours when it is a stored block: the node lags, nothing was reorganised', async () => {
    const head = toHeader(150, 'a', 0);
    const branch = await findBranch({
      source: toSource('a', 0),
      store: toStore(every(200)),
      cursor: cursorAt(200),
      head,
    });
    expect(branch).toEqual({ kind: 'ours' });
  });

  it.each([1, 2, 31, 32, 33, 64, 127])('forks %i blocks below the cursor, exactly there', async (depth) => {
    for (const headHeight of [200 - depth + 1, 200, 203]) {
      const head = toHeader(headHeight, 'b', 200 - depth);
      const source = toSource('b', 200 - depth);
      const branch = await findBranch({ source, store: toStore(every(200)), cursor: cursorAt(200), head });
      expect(branch).toMatchObject({ kind: 'forks', ancestor: cursorAt(200 - depth) });
      expect(branch.kind === 'forks' && branch.headers[0]?.height).toBe(200 - depth + 1);
    }
  });

  it('is followed by hash where the node, asked by height, speaks of another fork', async () => {
    const source = toSource('b', 190, { byHashOnly: true });
    const head = toHeader(203, 'b', 190);
    const branch = await findBranch({ source, store: toStore(every(200)), cursor: cursorAt(200), head });
    expect(branch).toMatchObject({ kind: 'forks', ancestor: { height: 190 } });
  });

  it('is unrelated when no stored block is below it', async () => {
    const store = toStore([150, 160, 170]);
    const head = toHeader(172, 'b', 100);
    expect(await findBranch({ source: toSource('b', 100), store, cursor: cursorAt(170), head })).toEqual({
      kind: 'unrelated',
    });
  });
});

describe('the common block of a chain left far behind', () => {
  const store = toStore(Array.from({ length: 200 }, (_, index) => index * 3));

  it('is the highest stored one that the source still has, however sparse they are stored', async () => {
    expect(await findAncestor(toSource('b', 100), store, 598)).toMatchObject({ height: 99 });
  });

  it('is none when every block was replaced', async () => {
    expect(await findAncestor(toSource('b', -1), store, 598)).toBeUndefined();
  });

  it('is not looked for in headers that a lagging node does not have', async () => {
    const lagging = toSource('a', 0, { upTo: 300 });
    await expect(findAncestor(lagging, store, 598)).rejects.toThrow(/the node does not have it/);
  });
});
