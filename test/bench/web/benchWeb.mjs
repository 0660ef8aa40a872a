/**
 * `npm run bench:web [-- --quick] [-- --runs 3] [-- --only list]`: the pages as readers get them, over a market of a thousand providers. What
 * is measured and how is in docs/benchmarks.md. The last line of the output is one line of JSON.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildWeb } from '../../../cli/prepare/buildWeb.mjs';
import { buildServer, ensureInstalled, report } from '../../../cli/prepare.mjs';
import { say, toTable } from '../run/rows.mjs';
import { readMachineSeconds } from '../run/startProcess.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, '.data', 'bench');

/** Each with its measurement in `file`. */
const parts = [
  { name: 'list', file: './measureList.mjs', measure: 'measureList' },
  { name: 'ranking', file: './measureRanking.mjs', measure: 'measureRanking' },
  { name: 'lighthouse', file: './lighthouse.mjs', measure: 'measureLighthouse' },
];

async function bench({ quick, runs, only }) {
  mkdirSync(folder, { recursive: true });
  const { openServer } = await import('../run/openServer.mjs');
  const server = await openServer(join(folder, 'postgres'));
  const stop = () => server.stop().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
  say(`Node ${process.version}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}; ${server.title}`);
  try {
    const rows = [];
    for (const part of parts.filter(({ name }) => name.includes(only))) {
      rows.push(...(await measurePart(part, { server, quick, runs, folder })));
    }
    return rows;
  } finally {
    await server.stop();
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stop);
  }
}

/** A part that fails is a row that is not ok and says why; the others are measured all the same. */
async function measurePart({ name, file, measure }, context) {
  if (!existsSync(fileURLToPath(new URL(file, import.meta.url)))) return [toFailedRow(name, 'not built')];
  say(`${name}: begins, load of the machine ${loadavg()[0]?.toFixed(1)}`);
  const before = readMachineSeconds();
  const began = performance.now();
  try {
    return await (await import(file))[measure](context);
  } catch (thrown) {
    say(thrown.stack);
    return [toFailedRow(name, String(thrown.message ?? thrown).split('\n', 1)[0])];
  } finally {
    const seconds = (performance.now() - began) / 1_000;
    const cores = before === undefined ? '?' : ((readMachineSeconds() - before) / seconds).toFixed(1);
    say(`${name}: ${seconds.toFixed(0)} s, ${cores} cores of the machine were busy`);
  }
}

function toFailedRow(metric, reason) {
  return { metric, value: null, unit: '', bar: null, ok: false, reason };
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
  await buildWeb(root);
  const runs = Math.max(3, Number(values.runs ?? 3));
  const results = await bench({ quick: values.quick, runs, only: values.only });
  process.stdout.write(`${toTable(results)}\n${JSON.stringify({ bench: 'web', results })}\n`);
}

await main().catch(report);
