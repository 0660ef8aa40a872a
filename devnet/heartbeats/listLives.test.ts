import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createPublicClient, http, parseEventLogs } from 'viem';
import { providers } from '../computeMarket/cast.js';
import { getNode, listNodes } from '../computeMarket/lookups.js';
import { computeMarketAbi as abi } from '../contracts/computeMarketArtifact.js';
import { type Devnet, startDevnet } from '../main.js';
import { listLives } from './listLives.js';

describe('the lives of nodes', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'devnet-lives-'));
  let devnet: Devnet;
  beforeAll(async () => {
    devnet = await startDevnet({
      ...{ network: 'compute-market-devnet', dataDir, seed: 3, startTime: 1_763_700_000 },
      ...{ historyDays: 20, live: false },
    });
    await devnet.history;
  }, 120_000);
  afterAll(async () => {
    await devnet.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('are those of the chain, to the block: when nodes are registered, retired, and off the market', async () => {
    expect(devnet.origin).toEqual({ seed: 3, startsAt: 1_763_700_000 - 20 * 86_400, endsAt: 1_763_700_000 });
    const client = createPublicClient({ transport: http(devnet.rpcUrl, { batch: true }) });
    const logs = parseEventLogs({ abi, logs: await client.getLogs({ fromBlock: 0n, toBlock: 'latest' }) });
    const times = new Map<bigint, number>();
    const timeOf = async (height: bigint) => {
      const known = times.get(height) ?? Number((await client.getBlock({ blockNumber: height })).timestamp);
      times.set(height, known);
      return known;
    };
    const listTimes = async (eventName: string, nodeId: string) => {
      const own = logs.filter(
        (log) => log.eventName === eventName && (log.args as { nodeId?: string }).nodeId === nodeId,
      );
      return await Promise.all(own.map(({ blockNumber }) => timeOf(blockNumber)));
    };
    const lives = listLives(devnet.origin);
    for (const [node, life] of lives.entries()) {
      const { id } = getNode(node);
      expect({ node, from: life.from }).toEqual({ node, from: (await listTimes('NodeUpdated', id))[0] });
      const [retired = Number.POSITIVE_INFINITY] = await listTimes('NodeRetired', id);
      expect({ node, until: life.until }).toEqual({ node, until: retired });
    }
    const flapping = providers.findIndex(({ conduct }) => conduct === 'flapping');
    const [first = 0] = listNodes(flapping);
    const past = (lives[first]?.away ?? []).filter(([from]) => from <= devnet.origin.endsAt);
    expect(past.length).toBeGreaterThan(15);
    expect(past.map(([from]) => from)).toEqual(await listTimes('OfferWithdrawn', getNode(first).id));
  });
});
