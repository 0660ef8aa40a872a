import type { RpcAnswer, RpcCall } from '../source/rpc/Transport.js';

/** Blocks of a tape by hash, by height and by name. A height means the block that was answered for it last. */
export interface TapeBlocks {
  add(call: RpcCall, value: unknown): void;
  /** Undefined where the tape does not hold the block. */
  find(call: RpcCall): RpcAnswer | undefined;
  findHash(height: number): string | undefined;
  findHeight(hash: string): number | undefined;
  /** Of a block parameter: a height, a name, or an object with either; undefined for what is not on the tape. */
  resolve(block: unknown): { readonly hash: string; readonly isHead: boolean } | undefined;
  end(headHeight: number): void;
}

interface RpcBlock {
  readonly number: string;
  readonly hash: string;
  readonly transactions?: readonly unknown[];
}

export function createTapeBlocks(): TapeBlocks {
  /** As text: a quarter of the room of the objects. */
  const texts = new Map<string, string>();
  const fullTexts = new Map<string, string>();
  const hashes = new Map<number, string>();
  const heights = new Map<string, number>();
  const named = new Map<string, string>();
  let head = -1;

  const findHash = (height: number) => hashes.get(height);
  const toHeight = (block: unknown): number | undefined => {
    if (block === 'latest' || block === 'pending') return head;
    if (block === 'earliest') return 0;
    if (typeof block !== 'string') return undefined;
    const hash = named.get(block);
    return hash === undefined ? Number(block) : heights.get(hash);
  };
  const findByHash = (hash: string, isFull: boolean): RpcAnswer | undefined => {
    const text = isFull ? fullTexts.get(hash) : texts.get(hash);
    if (text !== undefined) return result(JSON.parse(text));
    const full = isFull ? undefined : fullTexts.get(hash);
    return full === undefined ? undefined : result(withoutBodies(JSON.parse(full) as RpcBlock));
  };

  const resolve: TapeBlocks['resolve'] = (block) => {
    if (typeof block === 'object' && block !== null) {
      const { blockHash, blockNumber } = block as { readonly blockHash?: string; readonly blockNumber?: string };
      if (blockHash === undefined) return resolve(blockNumber);
      return { hash: blockHash.toLowerCase(), isHead: blockHash.toLowerCase() === findHash(head) };
    }
    const height = toHeight(block ?? 'latest');
    const hash = height === undefined ? undefined : findHash(height);
    return hash === undefined ? undefined : { hash, isHead: height === head };
  };

  return {
    add({ method, params: [asked, isFull] }, value) {
      if (value === null) return;
      const block = value as RpcBlock;
      const hash = block.hash.toLowerCase();
      (isFull === true ? fullTexts : texts).set(hash, JSON.stringify(block));
      heights.set(hash, Number(block.number));
      if (method === 'eth_getBlockByNumber') hashes.set(Number(block.number), hash);
      else if (!hashes.has(Number(block.number))) hashes.set(Number(block.number), hash);
      if (asked === 'safe' || asked === 'finalized') named.set(asked, hash);
    },
    find({ method, params: [asked, isFull] }) {
      if (method === 'eth_getBlockByHash') return findByHash(String(asked).toLowerCase(), isFull === true);
      const height = toHeight(asked);
      if (height === undefined || Number.isNaN(height)) return undefined;
      // As a node would: above its head there is nothing yet.
      if (height > head) return result(null);
      const hash = findHash(height);
      return hash === undefined ? undefined : findByHash(hash, isFull === true);
    },
    findHash,
    findHeight: (hash) => heights.get(hash.toLowerCase()),
    resolve,
    end(headHeight) {
      head = headHeight;
      // What was called safe or final while the chain had moved on already lies beyond the tape.
      for (const [name, hash] of named) if ((heights.get(hash) ?? 0) > head) named.set(name, findHash(head) ?? hash);
    },
  };
}

function result(value: unknown): RpcAnswer {
  return { kind: 'result', value };
}

function withoutBodies(block: RpcBlock): RpcBlock {
  const toHash = (transaction: unknown) =>
    typeof transaction === 'object' && transaction !== null ? (transaction as { hash: string }).hash : transaction;
  return { ...block, transactions: block.transactions?.map(toHash) ?? [] };
}
