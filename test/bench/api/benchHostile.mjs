/** What harm the corpus of hostile requests does to a server of the product, and to whoever asks it honestly meanwhile. */
import { mkdirSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openServer } from '../run/openServer.mjs';
import { median, say, toLeftOutRow, toRow } from '../run/rows.mjs';
import { startHostileServer } from './startHostileServer.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The corpus is that of the tests, which is TypeScript and no part of dist/. */
register('../../simulation/typeScriptHooks.mjs', import.meta.url);

/** Rows `{ metric, value, unit, bar, ok }`. Needs a build; brings its own Postgres where it is given none. */
export async function benchHostile({ quick = false, runs = quick ? 1 : 3, server } = {}) {
  const own = server ?? (await openOwnServer());
  try {
    const databaseUrl = await seed(await own.createDatabase('hostile'));
    const measured = [];
    for (let run = 1; run <= runs; run++) measured.push(await measure(databaseUrl, { quick, run }));
    return toRows(measured, quick);
  } finally {
    if (!server) await own.stop();
  }
}

function toRows(measured, quick) {
  const of = (name) => median(measured, (one) => one[name]);
  const { corpusSize } = measured[0];
  const rows = [
    toRow('hostile corpus, requests', 'requests', corpusSize, { min: 200 }),
    // The median of the runs for each request, of which the slowest: one pause of the machine is nobody's request.
    toRow(`hostile corpus, slowest request (${toSlowest(measured).title})`, 'ms', toSlowest(measured).ms, { max: 50 }),
    toRow('hostile corpus, growth of RSS over 20 times all of it', 'MB', of('rssGrowthMb'), { max: 50 }),
    toRow('hostile corpus, honest requests that failed', 'requests', of('failed'), { max: 0 }),
    toRow('hostile corpus, p99 of honest requests alone', 'ms', of('alone')),
    toRow('hostile corpus, p99 of honest requests meanwhile', 'ms', of('meanwhile')),
  ];
  const metric = 'hostile corpus, p99 of honest requests meanwhile against alone';
  if (quick) return [...rows, toLeftOutRow(metric, 'times', 'hostile')];
  return [
    ...rows,
    toRow(
      metric,
      'times',
      median(measured, ({ meanwhile, alone }) => meanwhile / alone),
      { max: 1.2 },
    ),
  ];
}

function toSlowest(measured) {
  const byTitle = new Map();
  for (const { times } of measured) {
    for (const [title, ms] of times) byTitle.set(title, [...(byTitle.get(title) ?? []), ms]);
  }
  const medians = [...byTitle].map(([title, all]) => ({ title, ms: median(all) }));
  return medians.reduce((slowest, one) => (one.ms > slowest.ms ? one : slowest));
}

async function measure(databaseUrl, { quick, run }) {
  const { corpus, send } = await import('../../api/hostile/corpus.ts');
  const api = await startHostileServer(databaseUrl);
  try {
    await warmUp(api.url, corpus, send);
    const times = await timeEach(api.url, corpus, send);
    const seconds = quick ? 3 : 20;
    const alone = await askHonestly(api.url, seconds);
    const before = await api.rssMb();
    const attack = repeatCorpus(api.url, corpus, send, { perSecond: ATTACKS_PER_SECOND });
    const meanwhile = await askHonestly(api.url, seconds);
    await attack.stop();
    for (let turn = 0; turn < (quick ? 2 : 20); turn++) await sendAll(api.url, corpus, send);
    const rssGrowthMb = Math.max(0, (await api.rssMb()) - before);
    const [title, slowest] = times.reduce((most, one) => (one[1] > most[1] ? one : most));
    say(
      `hostile ${run}: slowest ${slowest.toFixed(1)} ms (${title}), RSS +${rssGrowthMb.toFixed(1)} MB, ` +
        `honest p99 ${alone.p99.toFixed(1)} ms alone, ${meanwhile.p99.toFixed(1)} ms meanwhile (${attack.count()} hostile requests)`,
    );
    return {
      ...{ corpusSize: corpus.length, times, rssGrowthMb, alone: alone.p99, meanwhile: meanwhile.p99 },
      failed: alone.failed + meanwhile.failed,
    };
  } finally {
    await api.stop();
  }
}

/** As much as one client may send by its bucket: a point for each that is refused. */
const ATTACKS_PER_SECOND = 50;
/** Honest requests a second: what a page of dashboards asks. */
const HONEST_PER_SECOND = 100;

/** What the process compiles and opens once is not paid by the request that happens to come first. */
async function warmUp(url, corpus, send) {
  for (let turn = 0; turn < 8; turn++) await sendAll(url, corpus, send);
  await askHonestly(url, 2);
}

async function sendAll(url, corpus, send) {
  for (const request of corpus) await (await send(url, request))?.arrayBuffer();
}

/** The best of three of each: what it takes, not what else the machine did just then. */
async function timeEach(url, corpus, send) {
  const times = [];
  for (const request of corpus) {
    const taken = [];
    for (let turn = 0; turn < 3; turn++) {
      const begunAt = performance.now();
      await (await send(url, request))?.arrayBuffer();
      taken.push(performance.now() - begunAt);
    }
    times.push([request.title, Math.min(...taken)]);
  }
  return times;
}

function repeatCorpus(url, corpus, send, { perSecond }) {
  let at = 0;
  const running = new Set();
  const timer = setInterval(() => {
    const request = corpus[at++ % corpus.length];
    const sent = send(url, request)
      .then((response) => response?.arrayBuffer())
      .finally(() => running.delete(sent));
    running.add(sent);
  }, 1_000 / perSecond);
  return {
    count: () => at,
    async stop() {
      clearInterval(timer);
      await Promise.allSettled(running);
    },
  };
}

const honest = (at) => ({
  query:
    'query ($network: ID!, $skip: Int!) { jobs(first: 20, skip: $skip, where: { network: $network }) { id status } }',
  variables: { network: 'iexec-devnet', skip: at % 80 },
});

/** Milliseconds from when each was due, so that one that waits for another is not left out; the 99th of a hundred. */
async function askHonestly(url, seconds) {
  const times = [];
  const failed = [];
  const running = [];
  const begunAt = performance.now();
  for (let at = 0; at < seconds * HONEST_PER_SECOND; at++) {
    const dueAt = begunAt + (at * 1_000) / HONEST_PER_SECOND;
    const waitMs = dueAt - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    running.push(
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(honest(at)),
      }).then(async (response) => {
        const { data, errors } = await response.json();
        times.push(performance.now() - dueAt);
        if (data?.jobs?.length === undefined) failed.push(`HTTP ${response.status} ${errors?.[0]?.message}`);
      }),
    );
  }
  await Promise.all(running);
  if (failed.length > 0) say(`hostile: ${failed.length} honest requests failed, such as by ${failed[0]}`);
  const p99 = times.sort((one, other) => one - other)[Math.floor(times.length * 0.99)];
  return { p99, failed: failed.length };
}

async function seed(databaseUrl) {
  const { migrate } = await import('../../../dist/schema/database.js');
  await migrate(databaseUrl);
  const { seed: write, emptyNetworks, jobRow } = await import('../../api/seed.ts');
  await write(databaseUrl, { ...emptyNetworks, job: Array.from({ length: 100 }, (_, at) => jobRow(`j${at}`)) });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('analyze');
  await client.end();
  return databaseUrl;
}

function openOwnServer() {
  const folder = join(root, '.data', 'bench', 'postgres-hostile');
  mkdirSync(folder, { recursive: true });
  return openServer(folder);
}
