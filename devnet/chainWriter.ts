/** Transactions go in, blocks come out; every block of the devnet is mined here. */
import type { Address, Hex } from 'viem';
import { Refusal, type Rpc, type RpcCall } from './rpc.js';

export interface Transaction {
  readonly from: Address;
  /** Absent when the transaction creates a contract. */
  readonly to?: Address;
  readonly data: Hex;
  /** Of the chain's own coin; nothing when left out. */
  readonly valueWei?: bigint;
  /** Given, never estimated: an estimate would run every call twice. */
  readonly gas: number;
}

/** A transaction as anvil takes it; sent again on the same chain it gives the same hash. */
export interface SendRequest {
  readonly from: Address;
  readonly to?: Address;
  readonly data: Hex;
  readonly value?: Hex;
  readonly gas: Hex;
  readonly gasPrice: Hex;
  readonly nonce: Hex;
}

export interface Head {
  readonly height: number;
  readonly hash: string;
  readonly timestamp: number;
  readonly transactions: number;
}

/** Somebody else took the nonces of these requests, or the time of the block. */
export class RefusedBlock extends Error {
  constructor(
    message: string,
    readonly requests: readonly SendRequest[],
  ) {
    super(message);
  }
}

/** The only one who sends and mines. The accounts are anvil's own, so it signs. */
export interface ChainWriter {
  readHead(): Promise<Head>;
  /** How many transactions, of whomever, wait to be mined. */
  countPending(): Promise<number>;
  /** Gives each transaction the next nonce of its sender, counting on from the chain. */
  toRequests(transactions: readonly Transaction[]): Promise<SendRequest[]>;
  /** Reads nonces from the chain again, for others may have sent something. */
  forgetNonces(): void;
  /**
   * Mines one block at the given time (unix s) from these requests, in order. When anvil refuses some of them, the block
   * is mined from the others and a `RefusedBlock` says which are missing.
   */
  mine(timestamp: number, requests: readonly SendRequest[]): Promise<void>;
}

/**
 * Anvil runs the calls of one request side by side. So few that none of them has to wait keep their order, and mining
 * can ride along; more go ahead in portions.
 */
const maxCalls = 8;

export function createChainWriter(rpc: Rpc): ChainWriter {
  const nonces = new Map<Address, number>();

  async function readNonces(senders: readonly Address[]): Promise<void> {
    const unknown = [...new Set(senders)].filter((sender) => !nonces.has(sender));
    const calls = unknown.map((sender) => ({ method: 'eth_getTransactionCount', params: [sender, 'pending'] }));
    const counts = await rpc.batch(calls);
    for (const [index, sender] of unknown.entries()) nonces.set(sender, Number(counts[index]));
  }

  return {
    async readHead() {
      const block = (await rpc.call('eth_getBlockByNumber', 'latest', false)) as BlockHeader;
      const { hash, number, timestamp, transactions } = block;
      return { height: Number(number), hash, timestamp: Number(timestamp), transactions: transactions.length };
    },
    async countPending() {
      return Number(((await rpc.call('txpool_status')) as { readonly pending: Hex }).pending);
    },
    async toRequests(transactions) {
      await readNonces(transactions.map(({ from }) => from));
      return transactions.map(({ gas, valueWei, ...rest }) => {
        const nonce = nonces.get(rest.from) ?? 0;
        nonces.set(rest.from, nonce + 1);
        const value = valueWei === undefined ? undefined : { value: toQuantity(valueWei) };
        return { ...rest, ...value, gas: toQuantity(gas), gasPrice: '0x0', nonce: toQuantity(nonce) };
      });
    },
    forgetNonces: () => nonces.clear(),
    async mine(timestamp, requests) {
      const calls: RpcCall[] = requests.map((request) => ({ method: 'eth_sendTransaction', params: [request] }));
      const mining = { method: 'evm_mine', params: [{ timestamp }] };
      const ahead = calls.length < maxCalls ? [] : calls.splice(0);
      const results: unknown[] = [];
      for (let at = 0; at < ahead.length; at += maxCalls) {
        results.push(...(await rpc.settle(ahead.slice(at, at + maxCalls))));
      }
      results.push(...(await rpc.settle([...calls, mining])));
      const refusal = results.find((result) => result instanceof Refusal);
      const refused = requests.filter((_, index) => results[index] instanceof Refusal);
      if (refusal) throw new RefusedBlock(refusal.message, refused);
    },
  };
}

interface BlockHeader {
  readonly hash: string;
  readonly number: Hex;
  readonly timestamp: Hex;
  readonly transactions: readonly string[];
}

function toQuantity(value: number | bigint): Hex {
  return `0x${value.toString(16)}`;
}
