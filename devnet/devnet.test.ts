import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Address, createPublicClient, type Hash, http, type Log, parseAbi, parseEventLogs } from 'viem';
import { RetryableError, UserError } from '../schema/lib/errors.js';
import { iexecDevnet } from '../schema/protocols/iexecDevnet.js';
import { findAnvil, toArguments } from './anvil.js';
import { type Devnet, type DevnetOptions, dropDevnet, startDevnet } from './main.js';

const startTime = 1_763_700_000;
const folders: string[] = [];
const devnets: Devnet[] = [];

function createFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'devnet-'));
  folders.push(folder);
  return folder;
}

/** Short and without live deals unless a test asks for more. */
async function start(options: Partial<DevnetOptions> & { dataDir: string }): Promise<Devnet> {
  const devnet = await startDevnet({ seed: 1, startTime, historyDays: 2, live: false, ...options });
  devnets.push(devnet);
  return devnet;
}

const createClient = (devnet: Devnet) => createPublicClient({ transport: http(devnet.rpcUrl, { batch: true }) });

async function listHashes(devnet: Devnet): Promise<string[]> {
  const client = createClient(devnet);
  const height = await client.getBlockNumber({ cacheTime: 0 });
  const heights = Array.from({ length: Number(height) + 1 }, (_, index) => BigInt(index));
  const blocks = await Promise.all(heights.map((blockNumber) => client.getBlock({ blockNumber })));
  return blocks.map(({ hash }) => hash);
}

async function listLogs(devnet: Devnet): Promise<Log[]> {
  return await createClient(devnet).getLogs({ fromBlock: 0n, toBlock: 'latest' });
}

/** Heights, lowest first. */
function listSnapshots(folder: string): number[] {
  const heights = readdirSync(folder).flatMap((name) => /^snapshot-(\d+)\.json\.gz$/.exec(name)?.[1] ?? []);
  return heights.map(Number).sort((a, b) => a - b);
}

const readAnvilPid = (folder: string) =>
  (JSON.parse(readFileSync(path.join(folder, 'anvil.json'), 'utf8')) as { anvil: number }).anvil;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that ended but was not collected yet is a zombie, not alive.
    return !existsSync('/proc/self/stat') || !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

afterEach(async () => {
  for (const devnet of devnets.splice(0)) await devnet.stop();
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const hubEvents = parseAbi([
  'event OrdersMatched(bytes32 dealid, bytes32 appHash, bytes32 datasetHash, bytes32 workerpoolHash, bytes32 requestHash, uint256 volume)',
  'event DealSponsored(bytes32 dealId, address sponsor)',
  'event TaskInitialize(bytes32 indexed taskid, address indexed workerpool)',
  'event TaskContribute(bytes32 indexed taskid, address indexed worker, bytes32 hash)',
  'event TaskFinalize(bytes32 indexed taskid, bytes results)',
  'event TaskClaimed(bytes32 indexed taskid)',
  'event TaskReopen(bytes32 indexed taskid)',
  'event AccurateContribution(address indexed worker, bytes32 indexed taskid)',
  'event FaultyContribution(address indexed worker, bytes32 indexed taskid)',
  'event Lock(address owner, uint256 amount)',
  'event Unlock(address owner, uint256 amount)',
  'event Reward(address owner, uint256 amount, bytes32 ref)',
  'event Seize(address owner, uint256 amount, bytes32 ref)',
  'event PolicyUpdate(uint256 oldWorkerStakeRatioPolicy, uint256 newWorkerStakeRatioPolicy, uint256 oldSchedulerRewardRatioPolicy, uint256 newSchedulerRewardRatioPolicy)',
  'event BroadcastWorkerpoolOrder((address workerpool, uint256 workerpoolprice, uint256 volume, bytes32 tag, uint256 category, uint256 trust, address apprestrict, address datasetrestrict, address requesterrestrict, bytes32 salt, bytes sign) workerpoolorder)',
]);

describe('devnet history', () => {
  it('is the same chain for the same seed and start time', async () => {
    const [one, other] = [await start({ dataDir: createFolder() }), await start({ dataDir: createFolder() })];
    await Promise.all([one.history, other.history]);
    const hashes = await listHashes(one);
    expect(hashes.length).toBeGreaterThan(150);
    expect(await listHashes(other)).toEqual(hashes);
  });

  it('holds every kind of event of the protocol, in transactions that all succeed', async () => {
    const devnet = await start({ dataDir: createFolder(), historyDays: 10 });
    await devnet.history;
    const client = createClient(devnet);
    const logs = await listLogs(devnet);
    const counts: Record<string, number> = {};
    const decoded = parseEventLogs({ abi: hubEvents, logs });
    for (const { eventName } of decoded) counts[eventName] = (counts[eventName] ?? 0) + 1;
    expect(hubEvents.filter(({ name }) => !counts[name]).map(({ name }) => name)).toEqual([]);
    expect(counts.OrdersMatched).toBeGreaterThan(10 * 12);
    expect(counts.OrdersMatched).toBeLessThan(10 * 28);
    const ended = (counts.TaskFinalize ?? 0) + (counts.TaskClaimed ?? 0);
    expect(ended).toBeGreaterThan(0.95 * (counts.TaskInitialize ?? 0));

    const blocks = await Promise.all(
      (await listHashes(devnet)).map((_, index) => client.getBlock({ blockNumber: BigInt(index) })),
    );
    const hashes = blocks.flatMap(({ transactions }) => transactions);
    const receipts = await Promise.all(hashes.map((hash) => client.getTransactionReceipt({ hash })));
    expect(receipts.filter(({ status }) => status !== 'success')).toEqual([]);
    expect(receipts.flatMap((receipt) => receipt.logs)).toHaveLength(logs.length);
    expect(blocks.every(({ timestamp }) => Number(timestamp) <= startTime)).toBe(true);
    expect(blocks.slice(1).every(({ parentHash }, index) => parentHash === blocks[index]?.hash)).toBe(true);
  });

  it('offers prices of four to one and comes from several pools', async () => {
    const devnet = await start({ dataDir: createFolder(), historyDays: 3 });
    await devnet.history;
    const offers = parseEventLogs({
      abi: hubEvents,
      eventName: 'BroadcastWorkerpoolOrder',
      logs: await listLogs(devnet),
    });
    const shortest = offers.map(({ args }) => args.workerpoolorder).filter(({ category }) => category === 0n);
    const prices = shortest.map(({ workerpoolprice }) => Number(workerpoolprice));
    expect(new Set(offers.map(({ args }) => args.workerpoolorder.workerpool)).size).toBeGreaterThanOrEqual(5);
    expect(Math.max(...prices) / Math.min(...prices)).toBeGreaterThan(3);
  });

  it('puts the contracts where the schema says', async () => {
    const devnet = await start({ dataDir: createFolder(), historyDays: 1 });
    await devnet.history;
    const client = createClient(devnet);
    const { hub, rlc, appRegistry, datasetRegistry, workerpoolRegistry } = iexecDevnet;
    const abi = parseAbi([
      'function workerpoolregistry() view returns (address)',
      'function token() view returns (address)',
    ]);
    for (const address of [hub, rlc, appRegistry, datasetRegistry, workerpoolRegistry]) {
      expect((await client.getCode({ address }))?.length).toBeGreaterThan(100);
    }
    expect(await client.readContract({ abi, address: hub, functionName: 'workerpoolregistry' })).toBe(
      workerpoolRegistry,
    );
    expect(await client.readContract({ abi, address: hub, functionName: 'token' })).toBe(rlc);
    expect(await client.getChainId()).toBe(iexecDevnet.chainId);
  });
});

describe('devnet restart', () => {
  it('serves the same blocks, logs and receipts, those of others too, and goes on', async () => {
    const dataDir = createFolder();
    const first = await start({ dataDir, live: true });
    await first.history;
    await waitForHeight(first, (await listHashes(first)).length);
    const foreign = await sendForeign(first);
    const [hashes, logs] = [await listHashes(first), await listLogs(first)];
    await first.stop();

    const second = await start({ dataDir, live: true, startTime: undefined });
    expect((await listHashes(second)).slice(0, hashes.length)).toEqual(hashes);
    expect((await listLogs(second)).slice(0, logs.length)).toEqual(logs);
    const hash = logs.at(-1)?.transactionHash ?? '0x';
    expect((await createClient(second).getTransactionReceipt({ hash })).status).toBe('success');
    expect((await createClient(second).getTransactionReceipt({ hash: foreign })).status).toBe('success');
    await waitForHeight(second, hashes.length);
    const { timestamp } = await createClient(second).getBlock();
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(15);
  });

  it('loses no block when anvil is killed, and says that it died', async () => {
    const dataDir = createFolder();
    const first = await start({ dataDir, live: true });
    await first.history;
    await waitForHeight(first, (await listHashes(first)).length);
    const hashes = await listHashes(first);
    process.kill(readAnvilPid(dataDir), 'SIGKILL');
    await expect(first.closed).rejects.toThrow(RetryableError);
    await first.stop();
    const second = await start({ dataDir });
    expect((await listHashes(second)).slice(0, hashes.length)).toEqual(hashes);
  });

  it('makes an interrupted history anew, block for block', async () => {
    const dataDir = createFolder();
    const whole = await start({ dataDir: createFolder(), historyDays: 4 });
    const cut = await start({ dataDir, historyDays: 4 });
    await cut.stop();
    const again = await start({ dataDir, historyDays: 4 });
    await Promise.all([whole.history, again.history]);
    expect(await listHashes(again)).toEqual(await listHashes(whole));
  });

  it('ends an orphan of a driver that died', async () => {
    const dataDir = createFolder();
    await (await start({ dataDir })).stop();
    const pid = await startOrphan(dataDir);
    writeFileSync(path.join(dataDir, 'anvil.json'), JSON.stringify({ anvil: pid, driver: 999_999 }));
    expect(isAlive(pid)).toBe(true);
    await start({ dataDir });
    expect(isAlive(pid)).toBe(false);
  });

  it('goes on while no snapshot can be written', async () => {
    const dataDir = createFolder();
    // A folder where the file belongs.
    const obstacle = path.join(dataDir, 'snapshot.json.gz.draft');
    mkdirSync(obstacle);
    const first = await start({ dataDir, live: true });
    await first.history;
    const { length } = await listHashes(first);
    await waitForHeight(first, length + 1);
    expect(listSnapshots(dataDir)).toEqual([]);
    const hashes = await listHashes(first);
    await first.stop();
    rmSync(obstacle, { recursive: true });
    const second = await start({ dataDir });
    await second.history;
    expect(listSnapshots(dataDir)).toHaveLength(1);
    expect(await listHashes(second)).toEqual(hashes.slice(0, (await listHashes(second)).length));
  });

  it('stops at a recorded block that anvil refuses and keeps what went before', async () => {
    const dataDir = createFolder();
    const first = await start({ dataDir });
    await first.history;
    const client = createClient(first);
    const { hash: parentHash, number, timestamp } = await client.getBlock();
    const [from, to] = (await client.request({ method: 'eth_accounts' as never })) as Address[];
    const hashes = await listHashes(first);
    await first.stop();
    const request = { from, to, data: '0x', gas: '0x5208', gasPrice: '0x0', nonce: '0x0' };
    const line = { height: Number(number) + 1, parentHash, timestamp: Number(timestamp) + 60, requests: [request] };
    writeFileSync(path.join(dataDir, `journal-${number}.ndjson`), `${JSON.stringify(line)}\n`, { flag: 'a' });
    const second = await start({ dataDir, live: true });
    expect((await listHashes(second)).slice(0, hashes.length)).toEqual(hashes);
    await waitForHeight(second, hashes.length + 2);
    const later = await listHashes(second);
    await second.stop();
    const third = await start({ dataDir });
    expect((await listHashes(third)).slice(0, later.length)).toEqual(later);
  });

  it('reads the snapshot before a damaged one and leaves out a line that was half written', async () => {
    const dataDir = createFolder();
    const first = await start({ dataDir, live: true });
    await first.history;
    await waitForHeight(first, (await listHashes(first)).length);
    const hashes = await listHashes(first);
    await first.stop();
    const snapshots = listSnapshots(dataDir);
    expect(snapshots).toHaveLength(2);
    truncateSync(path.join(dataDir, `snapshot-${snapshots[1]}.json.gz`), 1000);
    writeFileSync(path.join(dataDir, `journal-${snapshots[1]}.ndjson`), '{"height":', { flag: 'a' });
    const second = await start({ dataDir });
    expect((await listHashes(second)).slice(0, hashes.length)).toEqual(hashes);
  });
});

describe('dropDevnet', () => {
  it('removes the folder and ends an orphan on it', async () => {
    const dataDir = createFolder();
    const pid = await startOrphan(dataDir);
    writeFileSync(path.join(dataDir, 'anvil.json'), JSON.stringify({ anvil: pid, driver: 999_999 }));
    expect(isAlive(pid)).toBe(true);
    await dropDevnet(dataDir);
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(dataDir)).toBe(false);
    await dropDevnet(dataDir);
  });

  it('leaves a devnet at work alone', async () => {
    const dataDir = createFolder();
    await start({ dataDir });
    await expect(dropDevnet(dataDir)).rejects.toThrow(UserError);
    expect(isAlive(readAnvilPid(dataDir))).toBe(true);
  });
});

describe('devnet refuses', () => {
  it('a folder another devnet works on', async () => {
    const dataDir = createFolder();
    await start({ dataDir });
    await expect(start({ dataDir })).rejects.toThrow(/driven by process \d+/);
  });

  it('a busy port, a folder it cannot write to, another seed', async () => {
    const dataDir = createFolder();
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(start({ dataDir, port })).rejects.toThrow(new RegExp(`Expected port ${port} .* to be free`));
    server.close();
    writeFileSync(path.join(dataDir, 'file'), '');
    await expect(start({ dataDir: path.join(dataDir, 'file') })).rejects.toThrow(UserError);
    await expect(start({ dataDir, seed: 2 })).rejects.toThrow(/seed 2, found 1: start with --reset/);
  });

  it('a state of which nothing can be read', async () => {
    const dataDir = createFolder();
    const devnet = await start({ dataDir });
    await devnet.history;
    await devnet.stop();
    for (const name of readdirSync(dataDir)) {
      if (name.startsWith('snapshot-')) copyFileSync(path.join(dataDir, 'meta.json'), path.join(dataDir, name));
    }
    await expect(start({ dataDir })).rejects.toThrow(/start with --reset/);
  });
});

async function waitForHeight(devnet: Devnet, height: number): Promise<void> {
  const client = createClient(devnet);
  for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 100) {
    if ((await client.getBlockNumber({ cacheTime: 0 })) >= height) return;
    await sleep(100);
  }
  throw new Error(`the devnet did not reach block ${height}`);
}

/** What a developer at the console would do: a transfer the market knows nothing of. */
async function sendForeign(devnet: Devnet): Promise<Hash> {
  const client = createClient(devnet);
  const [from, to] = (await client.request({ method: 'eth_accounts' as never })) as Address[];
  const params = [{ from, to, value: '0x1', gas: '0x5208', gasPrice: '0x0' }];
  const hash = (await client.request({ method: 'eth_sendTransaction', params } as never)) as Hash;
  await client.waitForTransactionReceipt({ hash, pollingInterval: 100 });
  return hash;
}

/** An anvil on the folder whose parent is gone: the shell that starts it ends at once. */
async function startOrphan(folder: string): Promise<number> {
  const upstream = { port: 1, forkUrl: 'http://127.0.0.1:1', keptStates: 0 };
  const fork = toArguments({ binary: '', folder, ...upstream });
  // It needs no chain to be found and ended, so it starts on its own instead of forking.
  const at = fork.indexOf('--fork-url');
  const alone = [...fork.slice(0, at), ...fork.slice(fork.indexOf('--chain-id'))].map((value) =>
    value === '1' ? '0' : value,
  );
  const shell = spawn('sh', ['-c', '"$0" "$@" >/dev/null 2>&1 & echo $!', findAnvil() ?? '', ...alone]);
  let output = '';
  shell.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await new Promise((resolve) => shell.once('close', resolve));
  await sleep(300);
  return Number(output);
}
