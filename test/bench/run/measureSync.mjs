import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startProcess } from './startProcess.mjs';

const POLL_MS = 20;

/**
 * One subject over one chain, from the start of its process until it is ready, in a fresh database. A run counts only if
 * its state is the oracle's: `differences` is empty.
 */
export async function measureSync({
  subject,
  chain,
  node,
  server,
  nodeSettings = {},
  options = {},
  workFolder,
  timeoutMs,
}) {
  const database = 'bench_sync';
  const databaseUrl = await server.createDatabase(database);
  await node.control(nodeSettings);
  const spec = subject.toProcess({ chain, nodeUrl: node.url, databaseUrl, workFolder, ...options });
  const env = { ...withoutRunner(process.env), ...spec.env };
  const logFile = join(workFolder, `${subject.name}.log`);
  const serverBefore = server.cpuSeconds();
  const begunAt = now();
  const child = startProcess({ ...spec, env, logFile });
  try {
    const ready = await waitUntilReady({ subject, chain, child, databaseUrl, timeoutMs: timeoutMs ?? 900_000 });
    const stats = await node.readStats();
    const wallSeconds = ((ready.at ?? now()) - begunAt) / 1000;
    const measured = {
      subject: subject.name,
      wallSeconds,
      eventsPerSecond: chain.meta.events / wallSeconds,
      startSeconds: stats.firstAt ? (stats.firstAt - begunAt) / 1000 : undefined,
      cpuSeconds: child.cpuSeconds(),
      serverCpuSeconds: server.cpuSeconds() - serverBefore,
      peakMemoryMb: child.peakMemoryMb(),
      requests: stats.requests,
      calls: stats.calls,
      refused: stats.errors,
      bytes: stats.bytes,
      databaseMb: await server.sizeMb(database),
    };
    if (!ready.at) return { ...measured, ok: false, reason: `${ready.reason}; see ${logFile}` };
    const differences = await compare({ subject, chain, databaseUrl });
    const reason = differences.length > 0 ? `another state than the oracle's: ${differences.join(', ')}` : undefined;
    return { ...measured, ok: differences.length === 0, reason };
  } finally {
    await child.stop();
  }
}

/** The subject makes its own tables, so at first there is nothing to be asked. */
async function waitUntilReady({ subject, chain, child, databaseUrl, timeoutMs }) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const until = now() + timeoutMs; now() < until; await sleep(POLL_MS)) {
      const isReady = await subject.isReady(client, chain).catch(whenTablesAreMissing);
      if (isReady) return { at: now() };
      if (child.hasEnded()) return { reason: 'it ended by itself' };
    }
    return { reason: `not ready after ${timeoutMs / 1000} s` };
  } finally {
    await client.end();
  }
}

/** SQLSTATE of a table or schema that is not there yet. */
function whenTablesAreMissing(thrown) {
  if (['42P01', '3F000', '42703'].includes(thrown.code)) return false;
  throw thrown;
}

async function compare({ subject, chain, databaseUrl }) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const state = await subject.readState(client, chain);
    return Object.entries(subject.toExpected(chain.expected))
      .filter(([name, value]) => String(state[name]) !== value)
      .map(([name, value]) => `${name} ${state[name]} instead of ${value}`);
  } finally {
    await client.end();
  }
}

function withoutRunner({ NODE_OPTIONS: _, DATABASE_URL: __, RPC_URLS: ___, ...env }) {
  return env;
}

/** Milliseconds since the epoch, comparable with those of the node. */
function now() {
  return performance.timeOrigin + performance.now();
}
