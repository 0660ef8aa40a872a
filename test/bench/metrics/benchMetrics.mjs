/**
 * `npm run bench:metrics [-- --quick] [-- --runs 3] [-- --only rebuild]`: the roller as users run it, over a market of a thousand
 * providers and ten thousand machines; and what an attack on a reputation costs. What is measured and how is in docs/benchmarks.md.
 * The last line of the output is one line of JSON.
 */
import { mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildServer, ensureInstalled, report } from '../../../cli/prepare.mjs';
import { say, toLeftOutRow, toTable } from '../run/rows.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, '.data', 'bench');

const sizes = {
  /** For the hour, the minute and the scores. */
  large: { providers: 1_000, nodes: 10_000, buyers: 2_000, jobs: 1_000_000, days: 90 },
  /** 10 M node-hours. */
  rebuild: { providers: 1_000, nodes: 4_630, buyers: 2_000, jobs: 1_000_000, days: 90 },
  quick: { providers: 100, nodes: 500, buyers: 200, jobs: 10_000, days: 30 },
};
const parts = ['formulas', 'attack', 'hour', 'rebuild'];

async function bench({ quick, runs, only }) {
  mkdirSync(folder, { recursive: true });
  const { openServer } = await import('../run/openServer.mjs');
  const server = await openServer(join(folder, 'postgres'));
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => server.stop().finally(() => process.exit(130)));
  say(`Node ${process.version}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}; ${server.title}`);
  const context = { server, quick, runs, root };
  try {
    const rows = [];
    for (const part of parts.filter((name) => name.includes(only))) rows.push(...(await measures[part](context)));
    return rows;
  } finally {
    await server.stop();
  }
}

const measures = {
  async formulas(context) {
    if (context.quick) {
      return ['oracles through the product, by id', 'properties of 10,000 random cases each, by number'].map((metric) =>
        toLeftOutRow(metric, 'tests', 'formulas'),
      );
    }
    const { countTests } = await import('./countTests.mjs');
    return countTests(context);
  },
  async attack(context) {
    const { measureAttack } = await import('./measureAttack.mjs');
    return measureAttack(context);
  },
  async hour(context) {
    const { measureTurns } = await import('./measureTurns.mjs');
    return measureTurns({ ...context, size: context.quick ? sizes.quick : sizes.large });
  },
  async rebuild(context) {
    if (context.quick) return [toLeftOutRow('full rebuild of 1 M jobs and 10 M node-hours', 's', 'rebuild')];
    const { measureRebuild } = await import('./measureRebuild.mjs');
    return measureRebuild({ ...context, size: sizes.rebuild });
  },
};

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
  process.stdout.write(`${toTable(results)}\n${JSON.stringify({ bench: 'metrics', results })}\n`);
}

await main().catch(report);
