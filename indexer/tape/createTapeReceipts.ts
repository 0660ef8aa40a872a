import type { RpcAnswer, RpcCall } from '../source/rpc/Transport.js';
import type { TapeBlocks } from './createTapeBlocks.js';

/** Receipts of whole blocks, by the block they belong to, however it was named. */
export interface TapeReceipts {
  add(call: RpcCall, value: unknown): void;
  find(call: RpcCall): RpcAnswer | undefined;
}

interface RpcReceipt {
  readonly blockHash: string;
}

export function createTapeReceipts(blocks: TapeBlocks): TapeReceipts {
  const texts = new Map<string, string>();
  return {
    add({ params: [block] }, value) {
      if (value === null) return;
      const [first] = value as readonly RpcReceipt[];
      const hash = first?.blockHash.toLowerCase() ?? toHash(block);
      if (hash) texts.set(hash, JSON.stringify(value));
    },
    find({ params: [block] }) {
      const hash = toHash(block);
      const text = hash === undefined ? undefined : texts.get(hash);
      return text === undefined ? undefined : { kind: 'result', value: JSON.parse(text) };
    },
  };

  /** Nodes take a hash as it is, too. */
  function toHash(block: unknown): string | undefined {
    if (typeof block === 'string' && block.length === 66) return block.toLowerCase();
    return blocks.resolve(block)?.hash;
  }
}
