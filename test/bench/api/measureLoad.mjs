import { median, say, toRow } from '../run/rows.mjs';
import { analystQueries } from './analystQueries.mjs';
import { createAsker } from './askServer.mjs';
import { openMarket } from './openMarket.mjs';
import { startSubject } from './startSubject.mjs';

const PER_SECOND = 500;
const MAX_P95_MS = 50;
const MAX_P99_MS = 150;
/** Far more than are in flight where the bars are held: who waits for a free connection is told by his delay. */
const CONNECTIONS = 256;
const LEAST_SHARE_SENT = 0.98;

/** What many analysts ask at once, at a rate that does not wait for answers: a delay counts from when a request was due. */
export async function measureLoad({ server, quick, runs }) {
  const databaseUrl = await openMarket(server, { quick });
  const subject = await startSubject({ file: new URL('./serveOurs.mjs', import.meta.url), settings: { databaseUrl } });
  const asker = createAsker({ port: subject.port, connections: CONNECTIONS });
  try {
    const queries = await analystQueries(asker);
    await drive({ asker, queries, seconds: quick ? 2 : 10 });
    const results = [];
    for (let run = 0; run < runs; run++) {
      const before = { own: await subject.cpuMicros(), postgres: server.cpuSeconds() };
      const seconds = quick ? 4 : 30;
      const result = await drive({ asker, queries, seconds });
      const cores = ((await subject.cpuMicros()) - before.own) / 1e6 / seconds;
      const postgres = (server.cpuSeconds() - before.postgres) / seconds;
      results.push({ ...result, cores, postgres });
      say(
        `load: p50 ${result.p50.toFixed(1)}, p95 ${result.p95.toFixed(1)}, p99 ${result.p99.toFixed(1)} ms, ${result.errors} errors, cores: ${cores.toFixed(2)} API, ${postgres.toFixed(2)} Postgres; slowest ${result.slowest}`,
      );
    }
    const what = `mixed analyst load, ${PER_SECOND} requests/s`;
    const sent = Math.min(...results.map(({ share }) => share));
    const late = sent < LEAST_SHARE_SENT ? `only ${(sent * 100).toFixed(0)} % could be sent` : undefined;
    return [
      toRow(
        `${what}, p95`,
        'ms',
        median(results, ({ p95 }) => p95),
        { max: MAX_P95_MS },
        late,
      ),
      toRow(
        `${what}, p99`,
        'ms',
        median(results, ({ p99 }) => p99),
        { max: MAX_P99_MS },
        late,
      ),
      toRow(
        `${what}, errors`,
        'answers',
        Math.max(...results.map(({ errors }) => errors)),
        { max: 0 },
        results[0].firstError,
      ),
      toRow(
        `${what}, cores of the API`,
        'cores',
        median(results, ({ cores }) => cores),
      ),
      toRow(
        `${what}, cores of Postgres`,
        'cores',
        median(results, ({ postgres }) => postgres),
      ),
    ];
  } finally {
    asker.close();
    await subject.stop();
  }
}

/** Open loop: request n is due n/rate after the beginning, whatever came back until then. */
async function drive({ asker, queries, seconds }) {
  const total = seconds * PER_SECOND;
  const delays = [];
  const failures = [];
  const pending = [];
  const began = performance.now();
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1_000) * PER_SECOND));
    for (; sent < due; sent++) {
      const at = began + (sent / PER_SECOND) * 1_000;
      const { name, toBody } = queries[sent % queries.length];
      pending.push(time(asker, { name, body: toBody(), at }).then((one) => (one.error ? failures : delays).push(one)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (performance.now() - began > seconds * 2_000) break;
  }
  await Promise.all(pending);
  delays.sort((one, other) => one.ms - other.ms);
  const at = (share) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))]?.ms ?? Number.NaN;
  return {
    ...{ p50: at(0.5), p95: at(0.95), p99: at(0.99), share: pending.length / total },
    errors: failures.length,
    firstError: failures[0] && `${failures[0].name}: ${failures[0].error}`,
    slowest: toSlowest(delays),
  };
}

async function time(asker, { name, body, at }) {
  try {
    const { status, text } = await asker.ask(body);
    const ms = performance.now() - at;
    return status === 200 && !text.startsWith('{"errors"')
      ? { name, ms }
      : { name, error: `HTTP ${status} ${text.slice(0, 160)}` };
  } catch (thrown) {
    return { name, error: String(thrown.message) };
  }
}

/** The three kinds that most of the slowest hundredth are of. */
function toSlowest(delays) {
  const counts = new Map();
  for (const { name } of delays.slice(-Math.ceil(delays.length / 100))) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return sorted
    .slice(0, 3)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
