import type { ServerResponse } from 'node:http';
import type { VerificationPolicy } from '../../indexer/source/verification/chainRules.js';
import type { RpcLog } from '../simulation/encodeBlock.js';
import { market, toJob } from './marketScript.js';
import { CHAIN_ID, type FaultWorld, openFaultWorld } from './openFaultWorld.js';
import { RpcError, type RpcRequest, type Tamper } from './startNode.js';

let world: FaultWorld;
afterEach(() => world?.close());

/** A liar and an honest node over a chain whose blocks hold logs in the past and near the head. */
async function openWithLiar(tamper: Tamper, options: { readonly blocks?: number } = {}): Promise<void> {
  world = await openFaultWorld({ nodes: 2 });
  world.chain.mine([market.register(1), market.lock(1)], [market.register(2), market.lock(2)]);
  for (let job = 1; job <= (options.blocks ?? 200); job += 1)
    world.chain.mine(toJob(job, 1 + (job % 2)), [market.lock(1, 3n)]);
  const [liar] = world.nodes;
  if (liar) liar.tamper = tamper;
}

/** Indexes both the past and new blocks beside the liar, and compares with a clean run. */
async function indexBesideLiar(policy: VerificationPolicy): Promise<void> {
  await world.start({ verify: { [CHAIN_ID]: policy } });
  await world.caughtUp();
  for (let job = 500; job < 510; job += 1) {
    world.chain.mine(toJob(job, 1));
    await world.caughtUp();
  }
  expect(await world.dump()).toEqual(await world.dumpClean());
}

async function readFaults(): Promise<readonly { reason: string; state: string }[]> {
  await world.until('select exists (select from endpoint where faults > 0)');
  const { rows } = await world.pool.query(
    'select fault_reason as reason, state from endpoint where faults > 0 order by name',
  );
  return rows;
}

/** Lies about the logs only, and only where there are some. */
function ofLogs(lie: (logs: readonly RpcLog[]) => unknown): Tamper {
  return ({ method }: RpcRequest, honest) =>
    method === 'eth_getLogs' && (honest as readonly RpcLog[]).length > 0 ? lie(honest as readonly RpcLog[]) : honest;
}

function pourForEver(response: ServerResponse): void {
  const chunk = Buffer.alloc(1 << 20, 0x20);
  const pour = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', pour).on('error', () => undefined);
  pour();
}

describe('endpoints that lie', () => {
  it.each(['exact', 'superset'] as const)(
    'fault 8: one that omits a log is refused by %s proof, named and set aside',
    async (policy) => {
      // A whole contract's logs of a block, which is what a bloom can show; one log of several takes the receipts.
      const omit = (logs: readonly RpcLog[]) =>
        policy === 'exact' ? logs.slice(1) : logs.filter((log) => log.blockHash !== logs[0]?.blockHash);
      await openWithLiar(ofLogs(omit));
      await indexBesideLiar(policy);
      expect(await readFaults()).toEqual([{ reason: 'logMissing', state: 'setAside' }]);
    },
  );

  it('fault 9: one that alters a byte of data is refused by the receipts root', async () => {
    await openWithLiar(
      ofLogs((logs) => logs.map((log, at) => (at === 0 ? { ...log, data: `${log.data.slice(0, -1)}f` } : log))),
    );
    await indexBesideLiar('exact');
    expect(await readFaults()).toEqual([{ reason: 'logNotInReceipts', state: 'setAside' }]);
  });

  it.each(['off', 'exact'] as const)(
    'fault 10: one that duplicates, reorders or keeps removed logs changes nothing, policy %s',
    async (policy) => {
      const clutter = (logs: readonly RpcLog[]) =>
        [...logs].reverse().flatMap((log, at) => [log, ...(at % 3 === 0 ? [log, { ...log, removed: true }] : [])]);
      await openWithLiar(ofLogs(clutter));
      await indexBesideLiar(policy);
      const odd = expect.stringMatching(/^(duplicate|wrongOrder|removed)$/);
      expect((await readFaults()).map(({ reason }) => reason)).toEqual([odd]);
    },
  );

  it('fault 11: one whose head lags, or flips between two forks, causes no more rollbacks than there are reorgs', async () => {
    await openWithLiar((_, honest) => honest);
    const [lagging] = world.nodes;
    await world.start();
    await world.caughtUp();
    for (let round = 0; round < 12; round += 1) {
      if (lagging) lagging.lag = round % 2 === 0 ? 3 : 0;
      world.chain.mine(toJob(600 + round, 1));
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    await world.caughtUp();
    const { rows } = await world.pool.query('select reorgs from chain where chain_id = $1', [CHAIN_ID]);
    expect(rows[0].reorgs).toBe(0);
    expect(await world.dump()).toEqual(await world.dumpClean());
  });

  it('fault 12: one of another chain is dropped, and where there is no other the start is refused', async () => {
    await openWithLiar(({ method }, honest) => (method === 'eth_chainId' ? '0x1' : honest));
    await indexBesideLiar('off');
    expect(await readFaults()).toEqual([{ reason: 'wrongChain', state: 'setAside' }]);
    const [liar] = world.nodes;
    const alone = world.start({ endpoints: { [CHAIN_ID]: [{ url: liar?.url ?? '' }] } });
    await expect(alone).rejects.toThrow(/Expected chain 31337 at http:\/\/127\.0\.0\.1:\d+, got chain 1/);
  });

  it.each([
    ['HTML', '<html>busy</html>'],
    ['half an answer', '{"jsonrpc":"2.0","id":1,"resu'],
    ['far too much', undefined],
  ])('fault 14: one that answers %s fails there and nowhere else', async (_, body) => {
    await openWithLiar((_, honest) => honest, { blocks: 20 });
    const [liar] = world.nodes;
    if (liar) liar.seize = body === undefined ? pourForEver : (response) => void response.end(body);
    const before = process.memoryUsage.rss();
    await indexBesideLiar('off');
    // An answer is cut at 64 MiB; what Node keeps of it passes.
    expect(process.memoryUsage.rss() - before).toBeLessThan(400 * 1024 * 1024);
  });

  it('fault 15: one that caps its answers at 10,000 logs without a word is asked for the halves', async () => {
    world = await openFaultWorld();
    world.chain.mine([market.register(1)]);
    // 1,200 logs a block: 20 blocks hold 24,000, and the first range of ten more than the node answers.
    for (let block = 0; block < 20; block += 1) {
      world.chain.mine(Array.from({ length: 1_200 }, (_, index) => market.lock(1, BigInt(1 + index))));
    }
    world.chain.mineEmpty(160);
    const [node] = world.nodes;
    if (node) node.tamper = ofLogs((logs) => logs.slice(0, 10_000));
    await world.start();
    await world.caughtUp();
    const { rows } = await world.pool.query('select count(*) as events from event');
    expect(Number(rows[0].events)).toBe(24_001);
    expect(await readFaults()).toMatchObject([{ reason: 'silentCap' }]);
  });

  it('names the limit it meets, and gets on below it: loud range limits of several words', async () => {
    world = await openFaultWorld();
    world.chain.mine([market.register(1)]);
    for (let job = 1; job <= 300; job += 1) world.chain.mine(toJob(job, 1));
    const [node] = world.nodes;
    if (node) {
      node.tamper = ({ method, params }, honest) => {
        const { fromBlock, toBlock } = (params[0] ?? {}) as { fromBlock?: string; toBlock?: string };
        const blocks = Number(toBlock) - Number(fromBlock) + 1;
        if (method === 'eth_getLogs' && blocks > 7) throw new RpcError(-32_005, 'query returned more than 28 results');
        return honest;
      };
    }
    await world.start();
    await world.caughtUp();
    expect(await world.dump()).toEqual(await world.dumpClean());
  });
});
