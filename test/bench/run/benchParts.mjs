import { mkdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildServer, ensureInstalled } from '../../../cli/prepare.mjs';
import { say, toTable } from './rows.mjs';
import { readMachineSeconds } from './startProcess.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, '.data', 'bench');

/**
 * A benchmark of parts, `[--quick] [--runs 3] [--only part]`, each `{ name, file, measure }`: what `measure` of `file`, seen from the
 * module `from`, gives is rows. They share one Postgres. `prepare(root)` builds what they need beside the server. The last line of the output is one line of JSON.
 */
export async function benchParts({ bench, from, parts, prepare = async () => {} }) {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      runs: { type: 'string' },
      only: { type: 'string', default: '' },
    },
  });
  await ensureInstalled(root, { dev: true });
  await buildServer(root);
  await prepare(root);
  const runs = Math.max(3, Number(values.runs ?? 3));
  const asked = parts.filter(({ name }) => name.includes(values.only));
  const results = await measureParts(asked, from, { quick: values.quick, runs });
  process.stdout.write(`${toTable(results)}\n${JSON.stringify({ bench, results })}\n`);
}

async function measureParts(parts, from, context) {
  mkdirSync(folder, { recursive: true });
  const { openServer } = await import('./openServer.mjs');
  const server = await openServer(join(folder, 'postgres'));
  const stop = () => server.stop().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
  say(`Node ${process.version}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}; ${server.title}`);
  try {
    const rows = [];
    for (const { name, file, measure } of parts) {
      const load = async () => (await import(new URL(file, from).href))[measure];
      rows.push(...(await measurePart(name, load, { ...context, server, folder })));
    }
    return rows;
  } finally {
    await server.stop();
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stop);
  }
}

/** A part that fails is a row that is not ok and says why; the others are measured all the same. */
async function measurePart(name, load, context) {
  say(`${name}: begins, load of the machine ${loadavg()[0]?.toFixed(1)}`);
  const before = readMachineSeconds();
  const began = performance.now();
  try {
    return await (await load())(context);
  } catch (thrown) {
    say(thrown.stack);
    const reason = String(thrown.message ?? thrown).split('\n', 1)[0];
    return [{ metric: name, value: null, unit: '', bar: null, ok: false, reason }];
  } finally {
    const seconds = (performance.now() - began) / 1_000;
    const cores = before === undefined ? '?' : ((readMachineSeconds() - before) / seconds).toFixed(1);
    say(`${name}: ${seconds.toFixed(0)} s, ${cores} cores of the machine were busy`);
  }
}
