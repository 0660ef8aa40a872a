import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findHeight, ourIndexer } from '../subjects/ourIndexer.mjs';
import { readDifferences, toProcessEnv } from './measureSync.mjs';
import { startProcess } from './startProcess.mjs';

const POLL_MS = 4;
const CATCH_UP_MS = 60_000;
/** After the last block was shown, for what is still on its way. */
const REST_MS = 10_000;

/**
 * The last blocks with events are shown one after the other to an indexer that has caught up with the rest; measured is
 * the time from a block's being visible at the node until its height is in the database, in milliseconds.
 */
export async function measureHead({ chain, node, server, blocks, blockMs, workFolder }) {
  const { chainId, lastEventBlock } = chain.meta;
  const first = lastEventBlock - blocks;
  const databaseUrl = await server.createDatabase('bench_sync');
  await node.control({ head: first, blockMs: 0, latencyMs: 0 });
  const endpoints = `${chainId}=${node.url},${chainId}:head=${node.headUrl}`;
  const spec = ourIndexer.toProcess({
    chain,
    nodeUrl: node.url,
    databaseUrl,
    workFolder,
    env: { RPC_URLS: endpoints },
  });
  const child = startProcess({ ...spec, env: toProcessEnv(spec.env), logFile: join(workFolder, 'head.log') });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    if (!(await watch({ client, chainId, child, until: first, forMs: CATCH_UP_MS })).has(first)) {
      return { ok: false, reason: `height ${first} was not reached in ${CATCH_UP_MS / 1000} s` };
    }
    await node.control({ blockMs, head: first });
    const forMs = blocks * blockMs + REST_MS;
    const seen = await watch({ client, chainId, child, until: lastEventBlock, forMs });
    const { shown } = await node.readStats();
    await node.control({ blockMs: 0 });
    const delays = shown
      .filter(([height]) => height <= lastEventBlock)
      .map(([height, at]) => firstAt(seen, height) - at);
    if (delays.some((delay) => !Number.isFinite(delay)))
      return { ok: false, reason: 'it fell behind and stayed there' };
    const differences = await readDifferences({ subject: ourIndexer, chain, client });
    const sorted = delays.sort((one, other) => one - other);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    const reason = differences.length > 0 ? differences.join(', ') : undefined;
    return { ok: differences.length === 0, reason, p50: at(0.5), p95: at(0.95), max: at(1), blocks: sorted.length };
  } finally {
    await client.end();
    await child.stop();
  }
}

/** When each height was first seen in the database. */
async function watch({ client, chainId, child, until, forMs }) {
  const seen = new Map();
  for (const end = now() + forMs; now() < end && !child.hasEnded(); await sleep(POLL_MS)) {
    const height = await findHeight(client, chainId).catch(() => undefined);
    if (height !== undefined && !seen.has(height)) seen.set(height, now());
    if (height >= until) {
      seen.set(until, seen.get(height));
      break;
    }
  }
  return seen;
}

/** A height is there as soon as a higher one is: several may come in one transaction. */
function firstAt(seen, height) {
  return Math.min(...[...seen].filter(([found]) => found >= height).map(([, at]) => at));
}

function now() {
  return performance.timeOrigin + performance.now();
}
