/**
 * `npm run bench:telemetry [-- --quick] [-- --runs 3] [-- --only batch]`: the telemetry process as users run it, under load, with
 * Postgres and the load generator on the same machine; then what beats cost on disk and how long their rollups take to read.
 * What is measured and how is in docs/benchmarks.md. The last line of the output is one line of JSON.
 */
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildServer, ensureInstalled, report } from '../../../cli/prepare.mjs';
import { median, say, toLeftOutRow, toRow, toTable } from '../run/rows.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, '.data', 'bench');
const workFolder = join(folder, 'work');

/** Beats a second that are to be reached, and the other bars; the load is a hundredth above, for a paced one stays just below. */
const loads = [
  { name: 'Ed25519, batch 10', mode: 'signature', batch: 10, beatsPerSecond: 20_000, seconds: 60, cores: 1, p99: 250 },
  { name: 'Ed25519, batch 100', mode: 'signature', batch: 100, beatsPerSecond: 60_000, seconds: 30, warmSeconds: 16 },
  { name: 'HMAC, unbatched', mode: 'mac', batch: 1, beatsPerSecond: 10_000, seconds: 30, connections: 2_048 },
];
const slow = ['Ed25519, batch 100', 'HMAC, unbatched', 'flood'];
const flood = { mode: 'forged', batch: 10, beatsPerSecond: 50_000, sessions: 200, address: '127.0.9.9' };

async function bench({ quick, runs, only }) {
  mkdirSync(workFolder, { recursive: true });
  const { openServer } = await import('../run/openServer.mjs');
  const server = await openServer(join(folder, 'postgres'));
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => server.stop().finally(() => process.exit(130)));
  say(`Node ${process.version}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}; ${server.title}`);
  const rows = [];
  try {
    // Quick is under a minute: what it leaves out is named, so that nobody takes it for measured.
    const isLeftOut = (name) => quick && only === '' && slow.includes(name);
    const wanted = (name) => name.includes(only) && !isLeftOut(name);
    for (const name of slow.filter(isLeftOut)) rows.push(toLeftOutRow(name, 'beats/s'));
    for (const load of loads.filter(({ name }) => wanted(name))) {
      const measured = await repeat(runs, () => runLoad({ load, quick, server }));
      rows.push(...toLoadRows(load, measured));
    }
    if (wanted('flood')) {
      const measured = await repeat(runs, () => runLoad({ load: { ...loads[0], flooded: true }, quick, server }));
      rows.push(...toFloodRows(measured));
    }
    if (wanted('kills')) {
      const { measureKills } = await import('./measureKills.mjs');
      rows.push(
        ...toKillRows(await measureKills({ server, port: await freePort(), kills: quick ? 3 : 100, workFolder, say })),
      );
    }
    if (wanted('storage')) {
      const { measureStorage } = await import('./measureStorage.mjs');
      rows.push(...(await measureStorage({ server, quick, say, toRow, median })));
    }
    return rows;
  } finally {
    await server.stop();
  }
}

async function runLoad({ load, quick, server }) {
  const { measureLoad } = await import('./measureLoad.mjs');
  const { NODES_PER_SESSION } = await import('./seedWorld.mjs');
  const seconds = quick ? 4 : load.seconds;
  const { warmSeconds = 4 } = load;
  const sessions = Math.ceil((load.beatsPerSecond * (seconds + warmSeconds / 4 + 2)) / NODES_PER_SESSION);
  const { mode, batch, connections } = load;
  const beatsPerSecond = load.beatsPerSecond * 1.01;
  const honest = { mode, batch, beatsPerSecond, connections, sessions };
  const all = load.flooded ? [honest, { ...flood, sessions: Math.min(sessions, flood.sessions) }] : [honest];
  const measured = await measureLoad({
    name: load.name,
    server,
    port: await freePort(),
    loads: all,
    seconds,
    warmSeconds,
    workFolder,
  });
  say(toLine(measured));
  return measured;
}

function toLoadRows({ name, beatsPerSecond, cores, p99 }, runs) {
  const flaw = runs.find(({ ok }) => !ok);
  const reason = flaw
    ? `acknowledged ${flaw.acknowledged}, stored ${flaw.stored}: ${JSON.stringify(flaw.results[0].codes)}`
    : undefined;
  const rate = median(runs, (run) => run.beatsPerSecond);
  return [
    toRow(`${name}: acknowledged beats`, 'beats/s', rate, { min: beatsPerSecond }, reason),
    toRow(
      `${name}: acknowledgement p99`,
      'ms',
      median(runs, (run) => run.p99),
      p99 && { max: p99 },
      reason,
    ),
    toRow(
      `${name}: acknowledgement p50`,
      'ms',
      median(runs, (run) => run.p50),
    ),
    toRow(
      `${name}: gateway, Postgres and generator`,
      'cores',
      median(runs, (run) => run.cores),
      cores && { max: cores },
    ),
    ...['gateway', 'postgres', 'generators'].map((who) =>
      toRow(
        `${name}: ${who}`,
        'cores',
        median(runs, (run) => run.perCore[who]),
      ),
    ),
    toRow(
      `${name}: memory of the gateway`,
      'MB',
      median(runs, (run) => run.memoryMb),
    ),
  ];
}

function toFloodRows(runs) {
  const flaw = runs.find(({ ok }) => !ok);
  const reason = flaw && `acknowledged ${flaw.acknowledged}, stored ${flaw.stored}`;
  const forged = (run) => run.results[1].answered / run.results[1].seconds;
  return [
    toRow(
      '5,000 forged batches/s on top: honest beats acknowledged',
      'share',
      median(runs, (run) => run.share),
      { min: 0.99 },
      reason,
    ),
    toRow(
      '5,000 forged batches/s on top: honest p99',
      'ms',
      median(runs, (run) => run.p99),
      { max: 500 },
      reason,
    ),
    toRow('5,000 forged batches/s on top: forged ones answered', 'requests/s', median(runs, forged), { min: 4_900 }),
    toRow(
      '5,000 forged batches/s on top: all processes',
      'cores',
      median(runs, (run) => run.cores),
    ),
  ];
}

function toKillRows({ kills, acknowledged, lost, doubled, holes, sent, resent }) {
  say(
    `kills: ${kills}, ${sent} batches sent, ${resent} times again, ${acknowledged} beats acknowledged, ${lost} lost, ${doubled} doubled, ${holes} without their bit`,
  );
  return [
    toRow(`SIGKILL under load, ${kills} times: beats acknowledged`, 'beats', acknowledged, { min: kills * 100 }),
    toRow(`SIGKILL under load, ${kills} times: acknowledged batches lost`, 'batches', lost, { max: 0 }),
    toRow(`SIGKILL under load, ${kills} times: batches doubled`, 'batches', doubled, { max: 0 }),
    toRow(`SIGKILL under load, ${kills} times: beats without their slot`, 'beats', holes, { max: 0 }),
  ];
}

async function repeat(times, work) {
  const results = [];
  for (let run = 0; run < times; run++) results.push(await work(run));
  return results;
}

function toLine({
  name,
  beatsPerSecond,
  p50,
  p99,
  max,
  cores,
  perCore,
  othersCores,
  acknowledged,
  stored,
  memoryMb,
  results,
}) {
  const share = Object.entries(perCore).map(([who, value]) => `${who} ${value.toFixed(2)}`);
  const answers = results.map(({ codes, failed }) => JSON.stringify({ ...codes, failed }));
  return `${name}: ${Math.round(beatsPerSecond)} beats/s, ack ${p50?.toFixed(0)}/${p99?.toFixed(0)}/${max?.toFixed(0)} ms, ${cores.toFixed(2)} cores (${share.join(', ')}; others ${othersCores?.toFixed(2)}), acknowledged ${acknowledged}, stored ${stored}, ${memoryMb?.toFixed(0)} MB, ${answers.join(' ')}`;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function main() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      runs: { type: 'string' },
      only: { type: 'string', default: '' },
    },
  });
  await ensureInstalled(root, { dev: true });
  await buildServer(root);
  const runs = Number(values.runs ?? (values.quick ? 1 : 3));
  const results = await bench({ quick: values.quick, runs, only: values.only });
  process.stdout.write(`${toTable(results)}\n${JSON.stringify({ bench: 'telemetry', results })}\n`);
}

await main().catch(report);
