import { RetryableError } from '../../schema/lib/errors.js';
import type { Header } from '../events/logs.js';
import type { ChainSource } from '../source/ChainSource.js';
import type { BlockKey, Cursor, Store } from '../writer/Store.js';

/**
 * ours: the head is a stored block, so the node only lags. extends: the head follows the cursor. forks: it follows a
 * stored block below the cursor. unrelated: it follows none of them.
 */
export type Branch =
  | { readonly kind: 'ours' }
  | { readonly kind: 'extends'; readonly headers: readonly Header[] }
  | { readonly kind: 'forks'; readonly ancestor: BlockKey; readonly headers: readonly Header[] }
  | { readonly kind: 'unrelated' };

/**
 * How a head near the cursor relates to what is stored, found by following parent hashes down from it: heights alone
 * say nothing, for a lagging node has lower ones and a reorganised chain may, too.
 */
export async function findBranch(options: {
  readonly source: Pick<ChainSource, 'listHeaders' | 'findHeader'>;
  readonly store: Pick<Store, 'listBlocks'>;
  readonly head: Header;
  readonly cursor: Cursor;
}): Promise<Branch> {
  const { source, store, head, cursor } = options;
  const stored = createStored(store);
  if ((await stored.find(head.height))?.hash === head.hash) return { kind: 'ours' };
  const headers: Header[] = [head];
  const parents: Header[] = [];
  for (;;) {
    const lowest = headers.at(-1) ?? head;
    const below = await stored.find(lowest.height - 1);
    if (below && below.hash === lowest.parentHash) {
      const ascending = headers.reverse();
      return below.height === cursor.height
        ? { kind: 'extends', headers: ascending }
        : { kind: 'forks', ancestor: below, headers: ascending };
    }
    if (lowest.height === 0 || (await stored.isBelowAll(lowest.height))) return { kind: 'unrelated' };
    if (parents.length === 0) parents.push(...(await listParents(source, lowest, cursor)));
    const parent = parents.shift();
    if (parent) headers.push(parent);
  }
}

interface Stored {
  find(height: number): Promise<BlockKey | undefined>;
  isBelowAll(height: number): Promise<boolean>;
}

/** Stored blocks, read page by page from the top. */
function createStored(store: Pick<Store, 'listBlocks'>): Stored {
  const blocks = new Map<number, BlockKey>();
  let lowest = Number.MAX_SAFE_INTEGER;
  let isWhole = false;
  async function readDownTo(height: number): Promise<void> {
    while (lowest > height && !isWhole) {
      const page = await store.listBlocks({ below: lowest, limit: PAGE });
      for (const block of page) blocks.set(block.height, block);
      lowest = page.at(-1)?.height ?? lowest;
      isWhole = page.length < PAGE;
    }
  }
  return {
    async find(height) {
      await readDownTo(height);
      return blocks.get(height);
    },
    async isBelowAll(height) {
      await readDownTo(height);
      return isWhole && height <= lowest;
    },
  };
}

const PAGE = 128;
const STEP = 32;

/**
 * The blocks below one, highest first, as far as they link to it. Asked by height, many at a time; where the node has
 * changed its mind meanwhile, the one parent is asked by its hash.
 */
async function listParents(
  source: Pick<ChainSource, 'listHeaders' | 'findHeader'>,
  child: Header,
  cursor: Cursor,
): Promise<readonly Header[]> {
  // Above the cursor none is stored, so all of them are needed; below it the next one may be the common block.
  const needed = child.height - 1 - cursor.height;
  const count = Math.min(child.height, needed > 0 ? Math.min(needed, MAX_HEADERS) : STEP);
  const heights = Array.from({ length: count }, (_, index) => child.height - count + index);
  const parents: Header[] = [];
  let link = child.parentHash;
  for (const header of [...(await source.listHeaders(heights))].reverse()) {
    if (header.hash !== link) break;
    parents.push(header);
    link = header.parentHash;
  }
  if (parents.length > 0) return parents;
  const parent = await source.findHeader(child.parentHash);
  if (!parent) throw new RetryableError(`Expected the parent of block ${child.height}, the node does not have it.`);
  return [parent];
}

const MAX_HEADERS = 256;
