import type { Address } from 'viem';
import { assert } from '../schema/lib/assert.js';
import { UserError } from '../schema/lib/errors.js';
import { iexecDevnet } from '../schema/protocols/iexecDevnet.js';
import type { ChainWriter } from './chainWriter.js';
import { planDeployment } from './deploy.js';
import { planFunding, readPlaces } from './funding.js';
import { createMarket, createMarketState, type Market } from './market.js';
import type { Places } from './marketState.js';
import type { Restored } from './restore.js';
import type { Rpc } from './rpc.js';
import { accounts } from './scenario.js';
import type { Meta, Store } from './store.js';
import { createEncoder, type Encoder } from './transactions.js';

export interface MarketplaceOptions {
  readonly store: Store;
  readonly meta: Meta & { readonly genesisTime: number };
  readonly rpc: Rpc;
  readonly writer: ChainWriter;
  readonly restored: Restored | undefined;
  readonly onProgress?: (progress: { phase: 'deploying'; done: number; total: number }) => void;
}

/** The contracts on the chain and the market that acts on them: deployed and empty, or as they were stored. */
export async function openMarketplace(options: MarketplaceOptions): Promise<{ market: Market; encoder: Encoder }> {
  const { rpc, restored, meta } = options;
  const wallets = (await rpc.call('eth_accounts')) as Address[];
  if (!restored) await deploy(options, wallets);
  const places = await readPlaces(rpc, iexecDevnet, wallets);
  const endsAt = meta.startTime;
  const market = restored
    ? resumeMarket(options.store, restored, places)
    : createMarket(createMarketState({ seed: meta.seed, startsAt: meta.genesisTime, endsAt }), places);
  return { market, encoder: createEncoder(rpc, places) };
}

async function deploy({ meta, writer, onProgress }: MarketplaceOptions, wallets: readonly Address[]): Promise<void> {
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

/** The market after the chain's latest block: as stored, and advanced by the block the process did not live to see. */
function resumeMarket(store: Store, { lines }: Restored, places: Places): Market {
  const stored = store.findMarket();
  if (!stored) throw new UserError(`Expected market.json in ${store.folder}, found none: start with --reset.`);
  const market = createMarket(stored.state, places);
  for (const { height, timestamp } of lines) {
    if (height <= stored.height) continue;
    if (!market.state.live) market.goLive(timestamp);
    market.advance(timestamp);
  }
  return market;
}
