/** `writeBlocks.ts <database>`: the product's writer writes a block with three jobs a second; tells when each transaction began. */

import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemRuntime } from '../../../../indexer/lib/systemRuntime.js';
import { createPostgresStore } from '../../../../indexer/writer/createPostgresStore.js';
import { registerNetworks } from '../../../../indexer/writer/registerNetworks.js';
import { createPool, migrate } from '../../../../schema/database.js';
import { type Block, chainId, network, toBatch, toBlock, toCursor, toHash } from '../../../writer/marketChain.js';

const url = process.argv[2] ?? '';
const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);

await migrate(url);
const pool = createPool(url, { role: 'bench' });
await registerNetworks(pool, { chainId, genesisHash: toHash('genesis'), networks: [network] });
const store = createPostgresStore({ pool, chainId, runtime: systemRuntime });
const lease = await store.acquireLease('bench', 600_000);
if (!lease) throw new Error('a fresh chain gives its lease');
let last: Block | undefined;

/** Of each of three providers a job. */
function drawBlock(height: number): Block {
  const logs = [0, 1, 2].map((at) => [
    {
      ...{ kind: 'jobCreated' as const, job: `j${height}-${at}`, attributes: { image: 'model' }, provider: `p${at}` },
      tasks: [{ task: `t${height}-${at}`, position: 0 }],
    },
  ]);
  return toBlock(height, logs);
}

/** Resolves to when its transaction began. */
async function write(height: number): Promise<number> {
  const block = drawBlock(height);
  const prepared = await store.prepare(toBatch([block], last && toCursor(last)));
  const begun = Date.now();
  if (!lease) throw new Error('the lease is there');
  await store.write(lease, prepared);
  last = block;
  return begun;
}

await write(1);
say({ kind: 'ready' });
createInterface({ input: process.stdin }).once('line', async (line) => {
  const { blocks } = JSON.parse(line) as { readonly blocks: number };
  const begun: Record<number, number> = {};
  for (let at = 0; at < blocks; at += 1) {
    const due = performance.now() + 1_000;
    begun[at + 2] = await write(at + 2);
    await sleep(Math.max(0, due - performance.now()));
  }
  say({ kind: 'written', begun });
});
process.once('SIGTERM', () => process.exit(0));
