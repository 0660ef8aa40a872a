import { RetryableError } from '../../schema/lib/errors.js';
import type { ChainSource } from '../source/ChainSource.js';
import type { BlockKey, Store } from '../writer/Store.js';

const PAGE = 64;

/**
 * The highest stored block that the source still has, for a chain that was left far behind: where a reorg branched off
 * while nobody looked. Undefined when the source has another block at every stored height. A header that it does not
 * give is no evidence of anything: the source may lag, and is asked again later.
 */
export async function findAncestor(
  source: Pick<ChainSource, 'listHeaders'>,
  store: Pick<Store, 'listBlocks'>,
  below: number,
): Promise<BlockKey | undefined> {
  for (let top = below; ; ) {
    const blocks = await store.listBlocks({ below: top, limit: PAGE });
    const lowest = blocks.at(-1);
    if (!lowest) return undefined;
    const headers = await source.listHeaders(blocks.map(({ height }) => height).reverse());
    const hashes = new Map(headers.map(({ height, hash }) => [height, hash]));
    for (const block of blocks) {
      const hash = hashes.get(block.height);
      if (hash === undefined) {
        throw new RetryableError(`Expected the header of block ${block.height}, the node does not have it.`);
      }
      if (hash === block.hash) return block;
    }
    top = lowest.height;
  }
}
