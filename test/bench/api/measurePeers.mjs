import { median, say, toRow } from '../run/rows.mjs';
import { askAll, createAsker } from './askServer.mjs';
import { installPeers } from './installPeers.mjs';
import { FIRST, fields } from './listQuery.mjs';
import { openMarket } from './openMarket.mjs';
import { startSubject } from './startSubject.mjs';

const MIN_OVER_POSTGRAPHILE = 2;
const MIN_OVER_PLAIN = 4;
const CONNECTIONS = 10;
/** Turns are short, so that a noisy second meets all. */
const TURN = 200;

/** The same columns under their names in the database, and `rowId` for what stands in the place of the global id. */
const columns = ['rowId', ...fields.slice(1)].join(' ').replace('createdAt', 'time').replace('createdHeight', 'height');

const subjects = [
  {
    name: 'ours',
    query: `query List($skip: Int!) { jobs(first: ${FIRST}, skip: $skip, orderBy: createdAt) { ${fields.join(' ')} } }`,
    toIds: ({ jobs }) => jobs.map(({ id }) => id),
  },
  {
    name: 'PostGraphile 5',
    server: 'servePostgraphile.mjs',
    query: `query List($skip: Int!) { allJobs(first: ${FIRST}, offset: $skip, orderBy: [TIME_DESC, ROW_ID_ASC]) { nodes { ${columns.replace('endedAt', 'endedTime')} } } }`,
    toIds: ({ allJobs }) => allJobs.nodes.map(({ rowId }) => rowId),
  },
  {
    name: 'Apollo, Express, TypeORM',
    server: 'servePlain.mjs',
    query: `query List($skip: Int!) { jobs(first: ${FIRST}, skip: $skip) { ${fields.join(' ')} } }`,
    toIds: ({ jobs }) => jobs.map(({ id }) => id),
  },
];

/** The same list over the same table by ours and by what people would use instead, all on one Node. They take turns. */
export async function measurePeers({ server, quick, runs, folder }) {
  const { node, toFile } = installPeers(folder);
  const databaseUrl = await openMarket(server, { quick });
  const started = [];
  try {
    for (const one of subjects) {
      const file = one.server ? toFile(one.server) : new URL('./serveOurs.mjs', import.meta.url);
      const subject = await startSubject({ file, settings: { databaseUrl }, execPath: node });
      started.push({ ...one, subject, asker: createAsker({ port: subject.port, connections: CONNECTIONS }), runs: [] });
    }
    await compareAnswers(started);
    for (const one of started) await cost(server, one, 5 * TURN);
    for (let run = 0; run < runs; run++) {
      const turns = started.map(() => []);
      for (let turn = 0; turn < (quick ? 2 : 10); turn++) {
        for (const [index, one] of started.entries()) turns[index].push(await cost(server, one, TURN));
      }
      for (const [index, one] of started.entries()) one.runs.push(toRates(turns[index]));
      say(
        `peers: ${started.map(({ name, runs: all }) => `${name} ${Math.round(all.at(-1).alone)}`).join(', ')} a core-second`,
      );
    }
    return toRows(started);
  } finally {
    for (const { asker } of started) asker.close();
    await Promise.all(started.map(({ subject }) => subject.stop()));
  }
}

let asked = 0;

/** Seconds of processor time: of the server alone, and with what Postgres spent meanwhile. */
async function cost(server, { subject, asker, query }, requests) {
  const before = { own: await subject.cpuMicros(), postgres: server.cpuSeconds() };
  // What varies is what is skipped and a number that nobody reads: no kept answer serves.
  const toBody = () => JSON.stringify({ query, variables: { skip: (asked * 7) % 5_000, number: asked++ } });
  await askAll({ asker, connections: CONNECTIONS, requests, toBody });
  const own = ((await subject.cpuMicros()) - before.own) / 1e6;
  return { requests, own, postgres: server.cpuSeconds() - before.postgres };
}

function toRates(turns) {
  const sum = (of) => turns.reduce((total, turn) => total + of(turn), 0);
  const requests = sum((turn) => turn.requests);
  return { alone: requests / sum(({ own }) => own), all: requests / sum(({ own, postgres }) => own + postgres) };
}

function toRows([ours, ...peers]) {
  const bars = [MIN_OVER_POSTGRAPHILE, MIN_OVER_PLAIN];
  const ratio = (peer, of) => median(ours.runs.map((run, index) => of(run) / of(peer.runs[index])));
  return [
    ...[ours, ...peers].flatMap(({ name, runs }) => [
      toRow(
        `list over a database, ${name}: requests a core-second of the server`,
        'requests',
        median(runs, ({ alone }) => alone),
      ),
      toRow(
        `list over a database, ${name}: with Postgres`,
        'requests',
        median(runs, ({ all }) => all),
      ),
    ]),
    ...peers.flatMap((peer, index) => [
      toRow(
        `ours over ${peer.name}, requests a core-second of the server`,
        '×',
        ratio(peer, ({ alone }) => alone),
        { min: bars[index] },
      ),
      toRow(
        `ours over ${peer.name}, with Postgres`,
        '×',
        ratio(peer, ({ all }) => all),
      ),
    ]),
  ];
}

/** All must be asked for the same rows in the same order. */
async function compareAnswers(started) {
  const answers = [];
  for (const { name, asker, query, toIds } of started) {
    const { status, text } = await asker.ask(JSON.stringify({ query, variables: { skip: 70 } }));
    const { data, errors } = JSON.parse(text);
    if (status !== 200 || errors) throw new Error(`${name}: HTTP ${status}: ${text.slice(0, 300)}`);
    answers.push({ name, ids: toIds(data).join() });
  }
  const other = answers.find(({ ids }) => ids !== answers[0].ids);
  if (other) throw new Error(`expected the same rows of all, got others of ${other.name}`);
}
