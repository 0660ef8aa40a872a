import {
  type Abi,
  type Address,
  decodeErrorResult,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
} from 'viem';
import { createContracts } from '../../indexer/decode/createContracts.js';
import { createDecoder } from '../../indexer/decode/createDecoder.js';
import type { AdaptedLog, RawLog } from '../../indexer/events/logs.js';
import { systemRuntime } from '../../indexer/lib/systemRuntime.js';
import { createEndpointPool } from '../../indexer/source/endpoints/createEndpointPool.js';
import { createContractReader } from '../../indexer/source/reads/createContractReader.js';
import { adaptLogs } from '../../indexer/sync/adaptLogs.js';
import { decodeLogs } from '../../indexer/sync/decodeLogs.js';
import type { Network } from '../../schema/protocols/protocols.js';
import { FIRST_TIME, LAB_CHAIN_ID, openAnvil } from '../lib/openAnvil.js';

export interface Call {
  readonly from: Address;
  readonly to: Address;
  readonly abi: Abi;
  readonly name: string;
  readonly args?: readonly unknown[];
  readonly value?: bigint;
}

/** A chain of one's own, a block a transaction, and the indexer's way from its logs to their meaning. */
export interface Chain {
  readonly rpcUrl: string;
  readonly accounts: readonly Address[];
  deploy(artifact: { readonly abi: Abi; readonly bytecode: Hex }, args?: readonly unknown[]): Promise<Address>;
  /** Throws what the contract says where it refuses. */
  send(call: Call): Promise<readonly RawLog[]>;
  /** A transaction that is encoded already. */
  transact(transaction: { readonly from: Address; readonly to?: Address; readonly data: Hex }): Promise<void>;
  view(call: Omit<Call, 'from'>): Promise<unknown>;
  wait(seconds: number): Promise<void>;
  /** Every log of the network so far, each with its meaning; what could not be decoded or adapted throws. */
  interpret(network: Network): Promise<readonly AdaptedLog[]>;
  close(): Promise<void>;
}

interface Receipt {
  readonly status: Hex;
  readonly contractAddress: Address | null;
  readonly logs: readonly RpcLog[];
}

interface RpcLog {
  readonly address: Hex;
  readonly topics: readonly Hex[];
  readonly data: Hex;
  readonly blockNumber: Hex;
  readonly blockHash: Hex;
  readonly transactionHash: Hex;
  readonly transactionIndex: Hex;
  readonly logIndex: Hex;
}

export async function openChain(): Promise<Chain> {
  const anvil = await openAnvil();
  const { rpc, url, accounts } = anvil;
  let time = FIRST_TIME;
  const pool = createEndpointPool({ chainId: LAB_CHAIN_ID, endpoints: [{ url }], runtime: systemRuntime });

  async function mine(transaction: Readonly<Record<string, unknown>>, abi: Abi): Promise<Receipt> {
    const sent = { gas: toQuantity(30_000_000), gasPrice: '0x0', ...transaction };
    const hash = await rpc.call('eth_sendTransaction', sent);
    time += 1;
    await rpc.call('evm_mine', { timestamp: time });
    const receipt = (await rpc.call('eth_getTransactionReceipt', hash)) as Receipt;
    if (receipt.status !== '0x1') throw new Error(await explain(sent, abi));
    return receipt;
  }

  async function explain(transaction: unknown, abi: Abi): Promise<string> {
    const answer = await rpc.call('eth_call', transaction, 'latest').catch((thrown: Error) => thrown.message);
    const [data] = /0x[0-9a-f]{8,}/.exec(String(answer)) ?? [];
    try {
      return data ? JSON.stringify(decodeErrorResult({ abi, data: data as Hex }).args) : String(answer);
    } catch {
      return String(answer);
    }
  }

  return {
    rpcUrl: url,
    accounts,
    async deploy({ abi, bytecode }, args = []) {
      const data = encodeDeployData({ abi, bytecode, args });
      const { contractAddress } = await mine({ from: accounts[0], data }, abi);
      if (!contractAddress) throw new Error('a deployment made no contract');
      return contractAddress;
    },
    async send({ from, to, abi, name, args = [], value = 0n }) {
      const data = encodeFunctionData({ abi, functionName: name, args });
      const receipt = await mine({ from, to, data, value: toQuantity(value) }, abi).catch((thrown: Error) => {
        throw new Error(`${name}: ${thrown.message}`);
      });
      return receipt.logs.map(toRawLog);
    },
    async transact({ from, to, data }) {
      await mine({ from, ...(to ? { to } : {}), data }, []);
    },
    async view({ to, abi, name, args = [] }) {
      const data = encodeFunctionData({ abi, functionName: name, args });
      const answer = (await rpc.call('eth_call', { to, data }, 'latest')) as Hex;
      return decodeFunctionResult({ abi, functionName: name, data: answer });
    },
    async wait(seconds) {
      time += seconds;
      await rpc.call('evm_mine', { timestamp: time });
    },
    async interpret(network) {
      const contracts = createContracts([network]);
      const decode = createDecoder(contracts);
      const decoded = await decodeLogs(await anvil.listLogs(), { decode, contracts });
      const reader = createContractReader({ pool });
      const adapted = await adaptLogs(decoded.decoded, (reads) => reader.read(reads));
      const broken = [...decoded.broken, ...adapted.broken];
      if (broken.length > 0) throw new Error(broken.map(({ reason }) => reason).join('; '));
      return adapted.logs;
    },
    async close() {
      await pool.close();
      await anvil.close();
    },
  };
}

function toRawLog(log: RpcLog): RawLog {
  return {
    height: Number(log.blockNumber),
    blockHash: log.blockHash,
    txHash: log.transactionHash,
    txIndex: Number(log.transactionIndex),
    logIndex: Number(log.logIndex),
    address: log.address.toLowerCase() as Hex,
    topics: log.topics,
    data: log.data,
  };
}

function toQuantity(value: number | bigint): Hex {
  return `0x${value.toString(16)}`;
}
