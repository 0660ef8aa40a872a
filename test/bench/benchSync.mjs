/**
 * `npm run bench:sync [-- --quick] [-- --runs 3] [-- --only dense]`: our indexer as users run it, beside the floor and, with
 * BENCH_PEERS=<folder>, beside other indexers, on recorded chains. What is measured and how is in docs/benchmarks.md.
 * The last line of the output is one line of JSON.
 */
import { mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildServer, ensureInstalled, report } from '../../cli/prepare.mjs';
import { fullCases, fullHead, quickCases, quickHead } from './cases.mjs';
import { say, toTable } from './run/rows.mjs';
import { toResults } from './toResults.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, '.data', 'bench');
const workFolder = join(folder, 'work');

async function bench({ quick, runs, only }) {
  mkdirSync(workFolder, { recursive: true });
  const { openServer } = await import('./run/openServer.mjs');
  const { listPeers } = await import('./subjects/peers.mjs');
  const wanted = ({ name }) => name.includes(only);
  const cases = (quick ? quickCases : fullCases).filter(wanted);
  const head = quick ? quickHead : fullHead;
  const peers = quick ? [] : listPeers({ folder: process.env.BENCH_PEERS, scratch: join(folder, 'peers'), say });
  const server = await openServer(join(folder, 'postgres'));
  // Subjects and nodes end with this process; the server is to end as it likes to.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => server.stop().finally(() => process.exit(130)));
  say(`Node ${process.version}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}; ${server.title}`);
  try {
    const measured = await runCases({ cases, peers, runs, server });
    const atHead = 'head'.includes(only) ? await runHead({ head, server }) : { ok: false, reason: 'not run' };
    const runsOf = (name, subject) => measured.filter((run) => run.case === name && run.who === subject);
    return toResults({ runsOf, head: atHead, peers, quick });
  } finally {
    await server.stop();
  }
}

/** Cases of the same chain share a node; within a case the subjects take turns, so that a noisy minute meets all. */
async function runCases({ cases, peers, runs, server }) {
  const { measureSync } = await import('./run/measureSync.mjs');
  const { floor } = await import('./subjects/floor.mjs');
  const { ourIndexer } = await import('./subjects/ourIndexer.mjs');
  const measured = [];
  for (const group of groupByNode(cases)) {
    const { logTime = false } = group[0];
    await onNode(group[0], async ({ chain, node }) => {
      for (const { name, node: nodeSettings, subjects, env, peers: withPeers } of group) {
        const own = subjects.map((who) => ({ who, subject: who === 'ours' ? ourIndexer : floor }));
        const others = withPeers ? peers.filter(({ subject }) => subject) : [];
        const all = [...own, ...others.map((peer) => ({ who: peer.name, subject: peer.subject }))];
        for (let run = 1; run <= runs; run++) {
          for (const { who, subject } of all) {
            const options = { logTime, env };
            const result = await measureSync({ subject, chain, node, server, nodeSettings, options, workFolder });
            measured.push({ case: name, who, run, ...result });
            say(toLine(measured.at(-1)));
          }
        }
      }
    });
  }
  return measured;
}

async function runHead({ head, server }) {
  const { measureHead } = await import('./run/measureHead.mjs');
  const result = await onNode(head, ({ chain, node }) => measureHead({ ...head, chain, node, server, workFolder }));
  say(`head: ${JSON.stringify(result)}`);
  return result;
}

async function onNode({ chain: name, logTime = false }, work) {
  const { getChain } = await import('./chain/getChain.mjs');
  const { startNode } = await import('./run/startNode.mjs');
  const chain = await getChain(name, join(folder, 'chains'), say);
  const node = await startNode({ folder: chain.folder, chainId: chain.meta.chainId, logTime });
  try {
    return await work({ chain, node });
  } finally {
    await node.stop();
  }
}

function groupByNode(cases) {
  const groups = new Map();
  for (const one of cases) {
    const key = `${one.chain} ${one.logTime ?? false}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

function toLine(run) {
  const { wallSeconds, eventsPerSecond, cpuSeconds, serverCpuSeconds, othersCores, peakMemoryMb, databaseMb } = run;
  const figures = [
    `${wallSeconds.toFixed(2)} s`,
    `${Math.round(eventsPerSecond).toLocaleString('en')} events/s`,
    `CPU ${cpuSeconds.toFixed(1)} + ${serverCpuSeconds.toFixed(1)} s`,
    `others ${othersCores.toFixed(2)} cores`,
    `${Math.round(peakMemoryMb)} MB`,
    `database ${Math.round(databaseMb)} MB`,
    `${run.requests} requests`,
    `${(run.bytes / 1e6).toFixed(1)} MB read`,
    run.refused > 0 ? `${run.refused} refused` : '',
    run.ok ? '' : `DOES NOT COUNT: ${run.reason}`,
  ];
  return `${run.case} #${run.run} ${run.who}: ${figures.filter((text) => text !== '').join(', ')}`;
}

async function main() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      runs: { type: 'string', default: '3' },
      only: { type: 'string', default: '' },
    },
  });
  await ensureInstalled(root, { dev: true });
  await buildServer(root);
  const results = await bench({ ...values, runs: Number(values.runs) });
  process.stdout.write(`${toTable(results)}\n${JSON.stringify({ bench: 'sync', results })}\n`);
}

await main().catch(report);
