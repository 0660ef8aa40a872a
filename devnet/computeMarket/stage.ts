import { type Address, encodeDeployData, getContractAddress } from 'viem';
import { assert } from '../../schema/lib/assert.js';
import { computeMarketDevnet } from '../../schema/protocols/computeMarketDevnet.js';
import { computeMarketAbi as abi, computeMarketBytecode as bytecode } from '../contracts/computeMarketArtifact.js';
import { resumeMarket } from '../resumeMarket.js';
import type { Stage, StageOptions } from '../Simulation.js';
import { toTransaction } from './calls.js';
import { accounts } from './cast.js';
import { createGpuMarket, createGpuMarketState } from './gpuMarket.js';
import type { GpuMarketState } from './gpuMarketState.js';
import { rules } from './habits.js';

/** The chain of our own market. */
export const computeMarketStage: Stage = {
  chainId: computeMarketDevnet.chainId,
  accounts: accounts.count,
  coins: 1_000_000,
  historyDays: 90,
  version: 2,
  async open(options) {
    const { rpc, restored, meta, store } = options;
    const wallets = (await rpc.call('eth_accounts')) as Address[];
    if (!restored) await deploy(options, wallets);
    const state = createGpuMarketState({ seed: meta.seed, startsAt: meta.genesisTime, endsAt: meta.startTime });
    const market = restored
      ? resumeMarket(store, restored, (stored) => createGpuMarket(stored as GpuMarketState, wallets))
      : createGpuMarket(state, wallets);
    const places = { market: computeMarketDevnet.market, wallets };
    const encoder = {
      encode: async (actions: Parameters<typeof toTransaction>[0][]) =>
        actions.map((action) => toTransaction(action, places)),
    };
    return { market, encoder };
  },
};

async function deploy({ meta, writer, onProgress }: StageOptions, wallets: readonly Address[]): Promise<void> {
  onProgress?.({ phase: 'deploying', done: 0, total: 1 });
  const [owner, verifier, arbiter] = wallets;
  assert(owner && verifier && arbiter, 'anvil has accounts');
  const address = getContractAddress({ from: owner, nonce: 0n });
  assert(address === computeMarketDevnet.market, `the market lies at ${computeMarketDevnet.market}, not at ${address}`);
  const { feeBps, minimumStakeWei, slashBps, verdictS } = rules;
  const args = [verifier, arbiter, [feeBps, minimumStakeWei, slashBps, BigInt(verdictS)]] as const;
  const data = encodeDeployData({ abi, bytecode, args });
  await writer.mine(meta.genesisTime + 60, await writer.toRequests([{ from: owner, data, gas: 12_000_000 }]));
  onProgress?.({ phase: 'deploying', done: 1, total: 1 });
}
