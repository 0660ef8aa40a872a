import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPublicClient, http, parseEventLogs } from 'viem';
import { computeMarketDevnet } from '../../schema/protocols/computeMarketDevnet.js';
import { computeMarketAbi as abi } from '../contracts/computeMarketArtifact.js';
import { type Devnet, type DevnetOptions, startDevnet } from '../main.js';

const folders: string[] = [];
const devnets: Devnet[] = [];

async function start(options: Partial<DevnetOptions> = {}): Promise<{ devnet: Devnet; dataDir: string }> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'devnet-market-'));
  folders.push(dataDir);
  const devnet = await startDevnet({
    ...{ network: 'compute-market-devnet', dataDir, seed: 1, startTime: 1_763_700_000, live: false },
    ...options,
  });
  devnets.push(devnet);
  return { devnet, dataDir };
}

const createClient = (devnet: Devnet) =>
  createPublicClient({ transport: http(devnet.rpcUrl, { batch: true }), cacheTime: 0 });

/** In portions: the client takes no answer of more than ten megabytes. */
async function listLogs(devnet: Devnet, blocks: number) {
  const client = createClient(devnet);
  const portions = Array.from({ length: Math.ceil(blocks / 2_000) }, (_, index) => BigInt(index * 2_000));
  const logs = [];
  for (const fromBlock of portions) logs.push(...(await client.getLogs({ fromBlock, toBlock: fromBlock + 1_999n })));
  return logs;
}

async function listBlocks(devnet: Devnet) {
  const client = createClient(devnet);
  const height = Number(await client.getBlockNumber());
  const heights = Array.from({ length: height + 1 }, (_, index) => BigInt(index));
  return await Promise.all(heights.map((blockNumber) => client.getBlock({ blockNumber })));
}

afterEach(async () => {
  for (const devnet of devnets.splice(0)) await devnet.stop();
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe("the devnet's market", () => {
  it('asks the contract for nothing that it refuses, and emits every event of it', async () => {
    const { devnet } = await start();
    await devnet.history;
    const client = createClient(devnet);
    const blocks = await listBlocks(devnet);
    const sent = blocks.flatMap(({ transactions }) => transactions);
    expect(sent.length).toBeGreaterThan(8_000);
    const spent = await Promise.all(sent.map((hash) => client.getTransactionReceipt({ hash })));
    expect(spent.filter(({ status }) => status !== 'success')).toEqual([]);

    const logs = await listLogs(devnet, blocks.length);
    expect(new Set(logs.map(({ address }) => address))).toEqual(new Set([computeMarketDevnet.market.toLowerCase()]));
    const emitted = new Set(parseEventLogs({ abi, logs }).map(({ eventName }) => eventName));
    const names = abi.flatMap((item) => (item.type === 'event' ? [item.name] : []));
    expect(names.filter((name) => !emitted.has(name))).toEqual([]);
    expect(logs.length).toBeGreaterThan(12_000);
    expect(logs.length).toBeLessThan(25_000);
  }, 120_000);

  it('is the same chain for the same seed and start time, beside an iExec of another', async () => {
    const [one, other] = [await start({ historyDays: 8 }), await start({ historyDays: 8 })];
    await Promise.all([one.devnet.history, other.devnet.history]);
    const hashes = (await listBlocks(one.devnet)).map(({ hash }) => hash);
    expect(hashes.length).toBeGreaterThan(200);
    expect((await listBlocks(other.devnet)).map(({ hash }) => hash)).toEqual(hashes);
    expect([one.devnet.chainId, await createClient(one.devnet).getChainId()]).toEqual([31_339, 31_339]);
  });

  it('goes on live after its history, and after a restart, in the same books', async () => {
    // Blocks come while the contract is asked.
    const options = { historyDays: 2, live: true, keptStates: 8 };
    const { devnet: first, dataDir } = await start(options);
    await first.history;
    await untilJobs(first, 1);
    const hashes = (await listBlocks(first)).map(({ hash }) => hash);
    const before = await countJobs(first);
    await first.stop();
    const { devnet: second } = await start({ ...options, dataDir });
    expect((await listBlocks(second)).slice(0, hashes.length).map(({ hash }) => hash)).toEqual(hashes);
    await untilJobs(second, before + 1);
    const client = createClient(second);
    const sent = (await listBlocks(second)).flatMap(({ transactions }) => transactions);
    const receipts = await Promise.all(sent.map((hash) => client.getTransactionReceipt({ hash })));
    expect(receipts.filter(({ status }) => status !== 'success')).toEqual([]);
  }, 150_000);
});

describe('a data folder of another cast', () => {
  it('is refused, and says what to do', async () => {
    const { devnet, dataDir } = await start({ historyDays: 0.1 });
    await devnet.history;
    await devnet.stop();
    const file = path.join(dataDir, 'meta.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), version: 1 }));
    await expect(start({ historyDays: 0.1, dataDir })).rejects.toThrow(
      /to have version 2, found 1: start with --reset/,
    );
  });
});

async function countJobs(devnet: Devnet): Promise<number> {
  const address = computeMarketDevnet.market;
  return Number(await createClient(devnet).readContract({ address, abi, functionName: 'jobCount' }));
}

/** Live jobs come every 20 to 45 s; so many more than when it was asked first. */
async function untilJobs(devnet: Devnet, count: number): Promise<void> {
  const goal = Math.max(count, (await countJobs(devnet)) + 1);
  while ((await countJobs(devnet)) < goal) await sleep(200);
}
