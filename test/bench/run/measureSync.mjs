import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { readMachineSeconds, startProcess } from './startProcess.mjs';

const POLL_MS = 20;
/** Of the node, unless a case wants something else. */
const calm = { latencyMs: 0, maxRange: 0, maxLogs: 0, maxBytes: 0, blockMs: 0 };

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
  await node.control({
    ...calm,
    head: chain.meta.lastBlock,
    ...nodeSettings,
  });
  const spec = subject.toProcess({ chain, nodeUrl: node.url, databaseUrl, workFolder, ...options });
  const logFile = join(workFolder, `${subject.name}.log`);
  const before = { machine: readMachineSeconds(), server: server.cpuSeconds(), node: node.cpuSeconds() };
  const begunAt = now();
  const child = startProcess({ ...spec, env: toProcessEnv(spec.env), logFile });
  try {
    const ready = await waitUntilReady({ subject, chain, child, databaseUrl, timeoutMs: timeoutMs ?? 900_000 });
    const stats = await node.readStats();
    const wallSeconds = ((ready.at ?? now()) - begunAt) / 1000;
    const cpuSeconds = child.cpuSeconds();
    const serverCpuSeconds = server.cpuSeconds() - before.server;
    const ourSeconds = cpuSeconds + serverCpuSeconds + node.cpuSeconds() - before.node;
    const measured = {
      subject: subject.name,
      wallSeconds,
      eventsPerSecond: chain.meta.events / wallSeconds,
      startSeconds: stats.firstAt ? (stats.firstAt - begunAt) / 1000 : undefined,
      cpuSeconds,
      serverCpuSeconds,
      // How many cores the rest of the machine kept busy meanwhile: what makes a run hard to compare.
      othersCores: (readMachineSeconds() - before.machine - ourSeconds) / wallSeconds,
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
    return await readDifferences({ subject, chain, client });
  } finally {
    await client.end();
  }
}

/** Where the subject's state is another than the oracle's, in words; none: it is the same. */
export async function readDifferences({ subject, chain, client }) {
  const state = await subject.readState(client, chain);
  return Object.entries(subject.toExpected(chain.expected))
    .filter(([name, value]) => String(state[name]) !== value)
    .map(([name, value]) => `${name} ${state[name]} instead of ${value}`);
}

/** The runner's environment without what would point a subject elsewhere. */
export function toProcessEnv(own) {
  const { NODE_OPTIONS: _, DATABASE_URL: __, RPC_URLS: ___, ...env } = process.env;
  return { ...env, ...own };
}

/** Milliseconds since the epoch, comparable with those of the node. */
function now() {
  return performance.timeOrigin + performance.now();
}
