import type { Hex } from '../../schema/lib/hex.js';
import { type EncodedBlock, encodeBlock, type LogDraft, toQuantity } from '../simulation/encodeBlock.js';

/** A chain that a test writes block by block, and may take back. Blocks stand at their height. */
export interface TestChain {
  readonly blocks: readonly EncodedBlock[];
  readonly head: EncodedBlock;
  /** Adds a block; each list of logs is a transaction of its own. */
  mine(...transactions: readonly (readonly LogDraft[])[]): EncodedBlock;
  mineEmpty(count: number): void;
  /** Takes the last blocks back; what is mined then is another branch. */
  drop(depth: number): void;
}

const FIRST_TIME = 1_790_000_000;
const BLOCK_SECONDS = 2;

export function createChain(): TestChain {
  const blocks: EncodedBlock[] = [];
  let made = 0;
  const word = (value: number): Hex => `0x${value.toString(16).padStart(64, '0')}`;
  const mine = (...transactions: readonly (readonly LogDraft[])[]) => {
    made += 1;
    const height = blocks.length;
    const block = encodeBlock({
      height,
      parentHash: blocks.at(-1)?.hash ?? word(0),
      time: FIRST_TIME + height * BLOCK_SECONDS,
      salt: word(made),
      transactions: transactions.map((logs, index) => ({ hash: word(made * 1_000 + index + 1), logs })),
    });
    blocks.push(block);
    return block;
  };
  mine();
  return {
    blocks,
    get head() {
      const head = blocks.at(-1);
      if (!head) throw new Error('a chain has a first block');
      return head;
    },
    mine,
    mineEmpty(count) {
      for (let index = 0; index < count; index += 1) mine();
    },
    drop(depth) {
      blocks.splice(blocks.length - depth);
    },
  };
}

export function toHeight(block: EncodedBlock): number {
  return Number(block.header.number);
}

export { toQuantity };
