import { setTimeout } from 'node:timers/promises';
import { createAsker } from '../api/askServer.mjs';
import { median, say, toRow } from '../run/rows.mjs';
import { openPages } from './openPages.mjs';

const MAX_RANK_MS = 150;
/** Longer than a snapshot is shared: whoever asks then is the first. */
const PAUSE_MS = 1_100;

const query = `query R($workload: Workload!) {
  rankProviders(workload: $workload, first: 50) {
    totalCount rankedCount
    nodes { rank expectedCostPerSuccessfulHour success { lower } availability { lower } capacity { freeGpus } provider { id name stake } }
    excluded { id reasons { code } }
  }
}`;
/** Of which the market's machines claim a memory that there is. */
const models = ['nvidia-h100', 'nvidia-a100'];

/** A question that was not asked before: no kept answer serves. */
function toWorkload(number) {
  return {
    model: models[number % models.length],
    gpuCount: 1 + (number % 16),
    hours: String(1 + number),
    maxPrice: '5',
  };
}

/** One question after the other: what a buyer waits for. */
export async function measureRanking({ server, quick, runs }) {
  const pages = await openPages(server, { quick, connections: 1 });
  const asker = createAsker({ port: pages.api.port, connections: 1 });
  const count = quick ? 10 : 30;
  let asked = 0;
  const rank = async () => {
    const { status, text } = await asker.ask(JSON.stringify({ query, variables: { workload: toWorkload(asked++) } }));
    const { data, errors } = JSON.parse(text);
    if (status !== 200 || errors || data.rankProviders.totalCount !== 1_000 || data.rankProviders.rankedCount === 0) {
      throw new Error(`expected a ranking of 1,000 providers, got HTTP ${status} ${text.slice(0, 300)}`);
    }
  };
  const read = async () => {
    const { model, gpuCount, hours } = toWorkload(asked++);
    await pages.reader.read(`/providers?model=${model}&count=${gpuCount}&hours=${hours}`);
  };
  try {
    const firstMs = await measure(pages.api, { ask: rank, count, runs, name: 'first of a moment', pauseMs: PAUSE_MS });
    const rankMs = await measure(pages.api, { ask: rank, count, runs, name: 'rankProviders' });
    const pageMs = await measure(pages.web, { ask: read, count, runs, name: 'page' });
    const what = 'ranking of 1,000 providers';
    return [
      toRow(`${what}, rankProviders, the first of a moment, p50`, 'ms', firstMs.p50, { max: MAX_RANK_MS }),
      toRow(`${what}, rankProviders, the first of a moment, processor time of the API`, 'ms', firstMs.cpu),
      toRow(`${what}, rankProviders, p50`, 'ms', rankMs.p50, { max: MAX_RANK_MS }),
      toRow(`${what}, rankProviders, processor time of the API`, 'ms', rankMs.cpu),
      toRow(`${what}, page, p50`, 'ms', pageMs.p50),
      toRow(`${what}, page, processor time of the pages' process`, 'ms', pageMs.cpu),
    ];
  } finally {
    asker.close();
    await pages.stop();
  }
}

async function measure(subject, { ask, count, runs, name, pauseMs = 0 }) {
  for (let warm = 0; warm < 10; warm++) await ask();
  const measured = [];
  for (let run = 0; run < runs; run++) {
    const before = await subject.cpuMicros();
    const times = [];
    for (let index = 0; index < count; index++) {
      if (pauseMs > 0) await setTimeout(pauseMs);
      const began = performance.now();
      await ask();
      times.push(performance.now() - began);
    }
    measured.push({ p50: median(times), cpu: ((await subject.cpuMicros()) - before) / 1_000 / count });
  }
  say(`ranking: ${name} p50 ${measured.map(({ p50 }) => p50.toFixed(0)).join(', ')} ms`);
  return {
    p50: median(measured, ({ p50 }) => p50),
    cpu: median(measured, ({ cpu }) => cpu),
  };
}
