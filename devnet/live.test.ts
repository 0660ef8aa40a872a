import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Address } from 'viem';
import { type Anvil, blockGasLimit, findAnvil, startAnvil } from './anvil.js';
import { type ChainWriter, createChainWriter, type Transaction } from './chainWriter.js';
import { startEmptyChain } from './emptyChain.js';
import { runLive } from './live.js';
import { createMarket, createMarketState } from './market.js';
import type { Places } from './marketState.js';
import { restoreChain } from './restore.js';
import { saveChain } from './saveChain.js';
import { type JournalLine, openStore, type Store } from './store.js';

const genesisTime = 1_763_700_000;
let folder: string;
let emptyChain: Awaited<ReturnType<typeof startEmptyChain>>;
let anvil: Anvil;
let store: Store;
let wallets: Address[];

async function launch(stateFile?: string): Promise<Anvil> {
  return await startAnvil({
    binary: findAnvil() ?? '',
    folder,
    forkUrl: emptyChain.url,
    keptStates: 0,
    stateFile,
  });
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'live-'));
  emptyChain = await startEmptyChain({ timestamp: genesisTime, gasLimit: blockGasLimit });
  store = openStore(folder);
  anvil = await launch();
  wallets = (await anvil.rpc.call('eth_accounts')) as Address[];
});

afterEach(async () => {
  await anvil.stop();
  emptyChain.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A market without occasions, and an encoder that has one transfer to send, once. */
function createQuietMarket(transfer: Transaction) {
  const places = { accounts: wallets, apps: [], datasets: [], pools: [] } as unknown as Places;
  const market = createMarket(createMarketState({ seed: 1, startsAt: genesisTime, endsAt: genesisTime }), places);
  market.state.live = true;
  market.state.sequence = 1;
  const waiting = [transfer];
  return { market, encoder: { encode: async () => waiting.splice(0) } };
}

/** Runs until `isDone`, asked after each snapshot and each block. */
async function run(
  writer: ChainWriter,
  { snapshot, isDone }: { snapshot: () => Promise<boolean>; isDone: () => Promise<boolean> },
): Promise<void> {
  const [from, to] = [wallets[1] ?? '0x', wallets[2] ?? '0x'] as const;
  const abort = new AbortController();
  const watched: ChainWriter = {
    ...writer,
    async readHead() {
      if (await isDone()) abort.abort();
      return await writer.readHead();
    },
  };
  const quiet = createQuietMarket({ from, to, data: '0x1234', gas: 50_000 });
  await runLive({ ...quiet, writer: watched, store, signal: abort.signal, saved: true, snapshot });
}

/** Takes the nonce of the first transfer between its reading and the block. */
function createRacedWriter(): ChainWriter {
  const writer = createChainWriter(anvil.rpc);
  let isFirst = true;
  return {
    ...writer,
    async toRequests(transactions) {
      const requests = await writer.toRequests(transactions);
      const [from, to] = [wallets[1], wallets[3]];
      if (isFirst) await anvil.rpc.call('eth_sendTransaction', { from, to, gas: '0x5208', gasPrice: '0x0' });
      isFirst = false;
      return requests;
    },
  };
}

const countSent = async () => Number(await anvil.rpc.call('eth_getTransactionCount', wallets[1], 'latest'));

describe('the live market', () => {
  it('sends again what lost its nonce to a transaction of somebody else, and saves the chain', async () => {
    const writer = createRacedWriter();
    await saveChain(store, anvil.rpc, writer);
    let snapshots = 0;
    const snapshot = async () => {
      snapshots++;
      await saveChain(store, anvil.rpc, writer);
      return true;
    };
    await run(writer, { snapshot, isDone: async () => (await countSent()) === 2 });
    expect(snapshots).toBe(1);
    const { hash } = await writer.readHead();
    const block = (await anvil.rpc.call('eth_getBlockByHash', hash, true)) as { transactions: { input: string }[] };
    expect(block.transactions.map(({ input }) => input)).toEqual(['0x1234']);

    await anvil.stop();
    const restored = await restoreChain(store, async (file) => {
      anvil = await launch(file);
      return anvil;
    });
    expect([restored.complete, restored.head.hash]).toEqual([true, hash]);
  });

  it('goes on when a snapshot fails', async () => {
    const writer = createRacedWriter();
    await saveChain(store, anvil.rpc, writer);
    await run(writer, { snapshot: async () => false, isDone: async () => (await countSent()) === 2 });
    expect(await countSent()).toBe(2);
  });
});

describe('a snapshot', () => {
  it('leaves everything as it was when the state does not come whole', async () => {
    const writer = createChainWriter(anvil.rpc);
    await saveChain(store, anvil.rpc, writer);
    const [before] = store.listSnapshots();
    await writer.mine(genesisTime + 10, []);
    const broken = {
      ...anvil.rpc,
      async *readBytes() {
        yield Buffer.from('half');
        throw new Error('cut off');
      },
    };
    await expect(saveChain(store, broken, writer)).rejects.toThrow('cut off');
    expect(store.listSnapshots()).toEqual([before]);
    await saveChain(store, anvil.rpc, writer);
    expect(store.listSnapshots()).toEqual([1, before]);
  });

  it('that cannot be used leaves no anvil behind', async () => {
    const writer = createChainWriter(anvil.rpc);
    await saveChain(store, anvil.rpc, writer);
    await writer.mine(genesisTime + 10, []);
    await saveChain(store, anvil.rpc, writer);
    const { hash } = await writer.readHead();
    const damaged = { height: 2, parentHash: hash, timestamp: genesisTime + 20 };
    store.append(damaged as JournalLine);
    const launched: Anvil[] = [];
    const restored = await restoreChain(store, async (file) => {
      const next = await launch(file);
      launched.push(next);
      return next;
    });
    expect(restored.head.height).toBe(0);
    expect(launched).toHaveLength(2);
    expect(await launched[0]?.ended).toBeDefined();
    await restored.anvil.stop();
  });
});
