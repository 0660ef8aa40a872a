import type { Address } from 'viem';
import { assert } from '../schema/lib/assert.js';
import { iexecDevnet } from '../schema/protocols/iexecDevnet.js';
import { planDeployment } from './deploy.js';
import { planFunding, readPlaces } from './funding.js';
import { createMarket, createMarketState } from './market.js';
import type { MarketState } from './marketState.js';
import { resumeMarket } from './resumeMarket.js';
import type { Stage, StageOptions } from './Simulation.js';
import { accounts } from './scenario.js';
import { createEncoder } from './transactions.js';

/** The chain of the real iExec contracts. */
export const iexecStage: Stage = {
  chainId: iexecDevnet.chainId,
  accounts: accounts.count,
  historyDays: 30,
  version: 1,
  async open(options) {
    const { rpc, restored, meta, store } = options;
    const wallets = (await rpc.call('eth_accounts')) as Address[];
    if (!restored) await deploy(options, wallets);
    const places = await readPlaces(rpc, iexecDevnet, wallets);
    const state = createMarketState({ seed: meta.seed, startsAt: meta.genesisTime, endsAt: meta.startTime });
    const market = restored
      ? resumeMarket(store, restored, (stored) => createMarket(stored as MarketState, places))
      : createMarket(state, places);
    return { market, encoder: createEncoder(rpc, places) };
  },
};

async function deploy({ meta, writer, onProgress }: StageOptions, wallets: readonly Address[]): Promise<void> {
  onProgress?.({ phase: 'deploying', done: 0, total: 2 });
  const treasury = wallets[accounts.treasury];
  assert(treasury, 'anvil has accounts');
  const { addresses, transactions } = planDeployment(treasury);
  for (const name of ['hub', 'rlc', 'appRegistry', 'datasetRegistry', 'workerpoolRegistry'] as const) {
    assert(addresses[name] === iexecDevnet[name], `${name} lies at ${iexecDevnet[name]}, not at ${addresses[name]}`);
  }
  await writer.mine(meta.genesisTime + 60, await writer.toRequests(transactions));
  onProgress?.({ phase: 'deploying', done: 1, total: 2 });
  await writer.mine(meta.genesisTime + 120, await writer.toRequests(planFunding(addresses, wallets)));
  onProgress?.({ phase: 'deploying', done: 2, total: 2 });
}
