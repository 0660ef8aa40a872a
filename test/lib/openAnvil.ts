import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { blockGasLimit, findAnvil, startAnvil } from '../../devnet/anvil.js';
import { startEmptyChain } from '../../devnet/emptyChain.js';
import type { Rpc } from '../../devnet/rpc.js';
import type { RawLog } from '../../indexer/events/logs.js';
import { parseLog } from '../../indexer/source/verification/parseLog.js';
import type { Hex } from '../../schema/lib/hex.js';

/** An anvil of its own that mines when told to, with accounts that sign by themselves. */
export interface OpenAnvil {
  readonly url: string;
  readonly rpc: Rpc;
  /** Anvil's own. */
  readonly accounts: readonly Hex[];
  /** The logs of these contracts, or of all, from a height on, in the order of the chain. */
  listLogs(filter?: { readonly addresses?: readonly Hex[]; readonly from?: number }): Promise<readonly RawLog[]>;
  close(): Promise<void>;
}

export interface OpenAnvilOptions {
  /** Of its first block, unix s. */
  readonly timestamp?: number;
  /** Of the empty block that all begins with; 0 when left out. */
  readonly height?: number;
  /** How many past states answer calls; 1,000 when left out. */
  readonly keptStates?: number;
}

export const LAB_CHAIN_ID = 31_337;
export const FIRST_TIME = 1_763_700_000;

export async function openAnvil(options: OpenAnvilOptions = {}): Promise<OpenAnvil> {
  const { timestamp = FIRST_TIME, height, keptStates = 1_000 } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'computescan-anvil-'));
  const emptyChain = await startEmptyChain({ timestamp, gasLimit: blockGasLimit, height });
  const place = { folder, forkUrl: emptyChain.url, forkHeight: height };
  const anvil = await startAnvil({ binary: findAnvil() ?? '', ...place, keptStates });
  const { rpc } = anvil;
  return {
    url: `http://127.0.0.1:${anvil.port}`,
    rpc,
    accounts: (await rpc.call('eth_accounts')) as readonly Hex[],
    async listLogs({ addresses, from = 0 } = {}) {
      const range = { fromBlock: `0x${from.toString(16)}`, toBlock: 'latest' };
      const logs = await rpc.call('eth_getLogs', { ...range, ...(addresses && { address: addresses }) });
      return (logs as readonly unknown[]).map((log) => parseLog(log).log);
    },
    async close() {
      await anvil.stop();
      emptyChain.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
