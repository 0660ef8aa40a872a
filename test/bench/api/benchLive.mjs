/**
 * `node test/bench/api/benchLive.mjs [--quick]`, and a part of `npm run bench:api`: subscribers over WebSocket on loopback while the
 * product's writer writes a block a second. Server, subscribers and writer are processes of their own. What counts is the time from
 * the begin of the transaction that writes a block until a subscriber has its message, of every message.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildServer, ensureInstalled, report } from '../../../cli/prepare.mjs';
import { say, toRow, toTable } from '../run/rows.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, '.data', 'bench');
const at = (name) => join(root, 'test/bench/api/live', name);

const sizes = {
  full: { subscribers: 5_000, blocks: 20 },
  quick: { subscribers: 500, blocks: 5 },
};

/** Rows `{ metric, value, unit, bar, ok }`. Takes a server of `openServer`, or opens one. */
export async function benchLive({ quick = false, server: given } = {}) {
  const { subscribers, blocks } = quick ? sizes.quick : sizes.full;
  mkdirSync(folder, { recursive: true });
  const { openServer } = await import('../run/openServer.mjs');
  const server = given ?? (await openServer(join(folder, 'postgres')));
  const children = [];
  try {
    const databaseUrl = await server.createDatabase('bench_live');
    const start = (command, ...args) => {
      const child = startChild(command, args);
      children.push(child);
      return child;
    };
    const writer = start(
      '--import',
      join(root, 'test/simulation/runTypeScript.mjs'),
      at('writeBlocks.ts'),
      databaseUrl,
    );
    await writer.next('ready');
    const api = start(at('serveApi.mjs'), databaseUrl);
    const { url } = await api.next('url');
    const clients = start(at('subscribe.mjs'), url, String(subscribers));
    const { seconds } = await clients.next('subscribed');
    say(`live: ${subscribers} subscribers after ${seconds.toFixed(1)} s`);
    // What it took to come up and to let everybody in is not a message's.
    api.send({});
    const before = await api.next('usage');
    writer.send({ blocks });
    const { begun } = await writer.next('written');
    // The last ones may be on their way.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    clients.send({});
    const { received, expected, lost } = await clients.next('received');
    api.send({});
    const { peakMb, cpuSeconds } = await api.next('usage');
    const cpu = cpuSeconds - before.cpuSeconds;
    return toRows({ begun, received, expected, lost, peakMb, cpuSeconds: cpu, subscribers, blocks });
  } finally {
    await Promise.all(children.map((child) => child.end()));
    if (!given) await server.stop();
  }
}

function toRows({ begun, received, expected, lost, peakMb, cpuSeconds, subscribers, blocks }) {
  const latencies = Object.entries(received)
    .flatMap(([height, times]) => times.map((time) => time - begun[height]))
    .sort((one, other) => one - other);
  const quantile = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  const missing = expected * blocks - latencies.length;
  const reason = missing === 0 && lost === 0 ? undefined : `${missing} were not told, ${lost} connections lost`;
  const who = `${subscribers.toLocaleString('en')} subscribers, one block/s`;
  return [
    toRow(`${who}: p95 delivery`, 'ms', quantile(0.95), { max: 500 }, reason),
    toRow(`${who}: p50 delivery`, 'ms', quantile(0.5)),
    toRow(`${who}: slowest delivery`, 'ms', latencies.at(-1)),
    toRow(`${who}: told, each block and job counted`, 'times', latencies.length, undefined, reason),
    toRow(`${who}: RSS of the server`, 'MB', peakMb, { max: 1_024 }),
    toRow(`${who}: CPU of the server for each`, 'µs', (cpuSeconds * 1e6) / latencies.length),
  ];
}

/** Speaks in lines of JSON `{ kind, … }`, both ways. */
function startChild(first, args) {
  const child = spawn(process.execPath, ['--no-warnings', first, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: root,
  });
  const heard = [];
  let wake = () => undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    heard.push(JSON.parse(line));
    wake();
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let isOver = false;
  ended.then(() => {
    isOver = true;
    wake();
  });
  return {
    send: (message) => child.stdin.write(`${JSON.stringify(message)}\n`),
    async next(kind) {
      for (;;) {
        const found = heard.findIndex((message) => message.kind === kind);
        if (found >= 0) return heard.splice(found, 1)[0];
        if (isOver) throw new Error(`Expected ${first} ${args[0] ?? ''} to say ${kind}, it has ended.`);
        await new Promise((resolve) => {
          wake = resolve;
        });
      }
    },
    async end() {
      if (!isOver) child.kill('SIGTERM');
      const cut = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(cut);
    },
  };
}

async function main() {
  const quick = process.argv.includes('--quick');
  await ensureInstalled(root, { dev: true });
  await buildServer(root);
  const results = await benchLive({ quick });
  process.stdout.write(`${toTable(results)}\n${JSON.stringify({ bench: 'live', results })}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main().catch(report);
