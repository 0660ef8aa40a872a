import { median, say, toRow } from '../run/rows.mjs';
import { createAsker } from './askServer.mjs';
import { NETWORK, openJobs, timeOfRow } from './openJobs.mjs';
import { startSubject } from './startSubject.mjs';

const MAX_PAGE_MS = 30;
const MAX_COUNT_MS = 5;
const MAX_DEEP_RATIO = 1.2;
const FIRST = 100;
const row = 'id status buyer createdAt price { amount } tasksCompleted';

/** One request after the other: what a page costs, not how many there are at once. */
export async function measurePages({ server, quick, runs }) {
  const databaseUrl = await openJobs(server, { quick });
  const subject = await startSubject({ file: new URL('./serveOurs.mjs', import.meta.url), settings: { databaseUrl } });
  const asker = createAsker({ port: subject.port, connections: 1 });
  const context = { ask: createQuestion(asker), rounds: quick ? 40 : 200, runs };
  try {
    const rows = quick ? '0.2 M' : '10 M';
    const pages = await measureEach(context, pageQueries);
    const counts = await measureEach(context, countQueries);
    const { first, deep } = await measureDepth(context, quick ? 100_000 : 5_000_000);
    const worst = (measured) => [...measured].sort((one, other) => other.p95 - one.p95)[0];
    const page = worst(pages);
    const count = worst(counts);
    return [
      toRow(
        `filtered, sorted page of ${FIRST} at ${rows} rows, the slowest of ${pages.length} kinds: ${page.name}, p95`,
        'ms',
        page.p95,
        {
          max: MAX_PAGE_MS,
        },
      ),
      toRow(`kept count at ${rows} rows, the slowest of ${counts.length} kinds: ${count.name}, p95`, 'ms', count.p95, {
        max: MAX_COUNT_MS,
      }),
      toRow(`first page at ${rows} rows, p50`, 'ms', first),
      toRow(
        `page at row ${(quick ? 100_000 : 5_000_000).toLocaleString('en')} by its cursor over the first page`,
        '×',
        deep / first,
        {
          max: MAX_DEEP_RATIO,
        },
      ),
    ];
  } finally {
    asker.close();
    await subject.stop();
  }
}

/** Each with variables that differ at every request, so that no kept answer serves. */
const pageQueries = [
  {
    name: 'by network, newest first',
    query: `query P($t: Timestamp!) { jobs(where: { network: "${NETWORK}", createdAt_lte: $t }, orderBy: createdAt, first: ${FIRST}) { ${row} } }`,
    toVariables: (dice) => ({ t: toTime(dice) }),
  },
  {
    name: 'by provider, newest first',
    query: `query P($p: ID!) { jobs(where: { provider: $p }, orderBy: createdAt, first: ${FIRST}) { ${row} } }`,
    toVariables: (dice) => ({ p: `${NETWORK}:p${dice % 1_000}` }),
  },
  {
    name: 'by buyer and price, newest first',
    query: `query P($b: Bytes!, $m: BigInt!) { jobs(where: { buyer: $b, price_gt: $m }, orderBy: createdAt, first: ${FIRST}) { ${row} } }`,
    toVariables: (dice) => ({
      b: `0x${(dice % 20_000).toString(16).padStart(40, '0')}`,
      m: String(1_000_000 + (dice % 500_000)),
    }),
  },
  {
    name: 'by status and time, newest first',
    query: `query P($t: Timestamp!) { jobs(where: { status: failed, createdAt_lte: $t }, orderBy: createdAt, first: ${FIRST}) { ${row} } }`,
    toVariables: (dice) => ({ t: toTime(dice) }),
  },
  {
    name: 'by provider, dearest first',
    query: `query P($p: ID!) { jobs(where: { provider: $p }, orderBy: price, first: ${FIRST}) { ${row} } }`,
    toVariables: (dice) => ({ p: `${NETWORK}:p${dice % 1_000}` }),
  },
];

const countQueries = [
  ['all', '', '', () => ({})],
  ['by network', '($n: ID!)', 'where: { network: $n }', () => ({ n: NETWORK })],
  ['by provider', '($p: ID!)', 'where: { provider: $p }', (dice) => ({ p: `${NETWORK}:p${dice % 1_000}` })],
  [
    'by status',
    '($s: JobStatus!)',
    'where: { status: $s }',
    (dice) => ({ s: ['completed', 'failed', 'open'][dice % 3] }),
  ],
  [
    'by buyer',
    '($b: Bytes!)',
    'where: { buyer: $b }',
    (dice) => ({ b: `0x${(dice % 20_000).toString(16).padStart(40, '0')}` }),
  ],
].map(([name, variables, where, toVariables]) => ({
  name,
  query: `query C${variables} { jobsConnection${where ? `(${where})` : ''} { totalCount } }`,
  toVariables,
  check: ({ jobsConnection }) => Number(jobsConnection.totalCount) > 0,
}));

async function measureEach({ ask, rounds, runs }, queries) {
  const measured = [];
  for (const { name, query, toVariables, check } of queries) {
    const p95s = [];
    // Compiled, and in the memory of Postgres what is read of an index's upper levels.
    for (let warm = 0; warm < 20; warm++) await ask(query, toVariables(draw()));
    for (let run = 0; run < runs; run++) {
      const times = [];
      for (let round = 0; round < rounds; round++) {
        const { ms, data } = await ask(query, toVariables(draw()));
        if (check && !check(data)) throw new Error(`expected a count ${name}, got ${JSON.stringify(data)}`);
        times.push(ms);
      }
      p95s.push(times.sort((one, other) => one - other)[Math.floor(times.length * 0.95)]);
    }
    say(`pages: ${name}: p95 ${p95s.map((ms) => ms.toFixed(1)).join(', ')} ms`);
    measured.push({ name, p95: median(p95s) });
  }
  return measured;
}

/** Pages of one order, at its beginning and from a row on that was reached by a time half-way. They take turns. */
async function measureDepth({ ask, rounds, runs }, depth) {
  const query = `query D($after: String, $first: Int!) {
    jobsConnection(where: { network: "${NETWORK}" }, orderBy: createdAt, orderDirection: asc, first: $first, after: $after) {
      nodes { ${row} } edges { cursor } } }`;
  const cursor = await findCursor(ask, query, depth);
  const times = { first: [], deep: [] };
  for (let round = 0; round < rounds * runs; round++) {
    // Another length each time, or the first page would be a kept answer.
    const first = FIRST - (round % 20);
    const one = await ask(query, { first, after: null });
    const other = await ask(query, { first, after: cursor });
    if (other.data.jobsConnection.nodes.length !== first) throw new Error('expected a whole page in the depth');
    if (round < 20) continue;
    times.first.push(one.ms);
    times.deep.push(other.ms);
  }
  say(`pages: first ${median(times.first).toFixed(2)} ms, at row ${depth} ${median(times.deep).toFixed(2)} ms`);
  return { first: median(times.first), deep: median(times.deep) };
}

/**
 * The cursor that who pages on would have come to at a row: the place of that row, found by its time, in the cursor of the list without that
 * filter. A cursor is a JSON list of version, place, question and chains.
 */
async function findCursor(ask, query, depth) {
  const filtered = query
    .replace('query D(', 'query F($from: Timestamp!, ')
    .replace('where: {', 'where: { createdAt_gte: $from,');
  const found = await ask(filtered, { from: timeOfRow(depth), first: 1, after: null });
  const begin = await ask(query, { first: 1, after: null });
  const [, place] = parseCursor(found);
  const [version, , question, chains] = parseCursor(begin);
  return Buffer.from(JSON.stringify([version, place, question, chains])).toString('base64url');
}

function parseCursor({ data }) {
  return JSON.parse(Buffer.from(data.jobsConnection.edges[0].cursor, 'base64url').toString());
}

let asked = 0;

function createQuestion(asker) {
  return async (query, variables) => {
    const body = JSON.stringify({ query, variables: { ...variables, number: asked++ } });
    const began = performance.now();
    const { status, text } = await asker.ask(body);
    const ms = performance.now() - began;
    const { data, errors } = JSON.parse(text);
    if (status !== 200 || errors) throw new Error(`HTTP ${status}: ${text.slice(0, 300)}`);
    return { ms, data };
  };
}

let state = 42;

/** The same numbers in every run (Numerical Recipes' linear congruential generator). */
function draw() {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state >>> 3;
}

function toTime(dice) {
  return new Date(Date.UTC(2026, 0, 1) + (200_000 + (dice % 300_000)) * 1_000).toISOString();
}
