import { median, say, toRow } from '../run/rows.mjs';
import { askAll, createAsker } from './askServer.mjs';
import { listQuery } from './listQuery.mjs';
import { startSubject } from './startSubject.mjs';

const MAX_RATIO = 1.4;
const CONNECTIONS = 10;
/** Until everything is compiled: queries by graphql-jit, and all of it by V8. */
const WARM_UP = 3_000;

/** Turns are short, so that a noisy second meets all. */
const TURN = 1_000;

/** What our list costs over a bare server that does nothing else, both without a database. They take turns. */
export async function measureList({ quick, runs }) {
  const turns = quick ? 4 : 20;
  const subjects = [];
  try {
    for (const name of ['Bare', 'Ours']) {
      const subject = await startSubject({ file: new URL(`./serve${name}.mjs`, import.meta.url), settings: {} });
      subjects.push({ name, subject, asker: createAsker({ port: subject.port, connections: CONNECTIONS }), costs: [] });
    }
    await compareAnswers(subjects);
    for (const one of subjects) await cost(one, WARM_UP);
    for (let run = 0; run < runs; run++) {
      const sums = subjects.map(() => 0);
      for (let turn = 0; turn < turns; turn++) {
        for (const [index, one] of subjects.entries()) sums[index] += (await cost(one, TURN)) / turns;
      }
      for (const [index, one] of subjects.entries()) one.costs.push(sums[index]);
      say(`list: ${subjects.map(({ name, costs }) => `${name} ${costs.at(-1).toFixed(0)} µs`).join(', ')}`);
    }
    const [bare, ours] = subjects.map(({ costs }) => median(costs));
    const ratio = median(subjects[1].costs.map((spent, run) => spent / subjects[0].costs[run]));
    return [
      toRow('list of 100 × 10 without database: bare best stack', 'µs of processor time', bare),
      toRow('list of 100 × 10 without database: ours, all plugins on', 'µs of processor time', ours),
      toRow('list of 100 × 10 without database: ours over the bare stack', '×', ratio, { max: MAX_RATIO }),
    ];
  } finally {
    for (const { asker } of subjects) asker.close();
    await Promise.all(subjects.map(({ subject }) => subject.stop()));
  }
}

let asked = 0;

/** Microseconds of processor time for each request, none of which was asked before. */
async function cost({ subject, asker }, requests) {
  const before = await subject.cpuMicros();
  await askAll({
    ...{ asker, requests, connections: CONNECTIONS },
    toBody: () => JSON.stringify({ query: listQuery, variables: { skip: asked % 5_001, number: asked++ } }),
  });
  return ((await subject.cpuMicros()) - before) / requests;
}

/** A comparison of servers that say something else is none. */
async function compareAnswers(subjects) {
  const answers = [];
  for (const { asker } of subjects) {
    const { text } = await asker.ask(JSON.stringify({ query: listQuery, variables: { skip: 0 } }));
    answers.push(JSON.stringify(JSON.parse(text).data));
  }
  if (answers[0] === answers[1] && answers[0]?.length > 10_000) return;
  throw new Error(`expected the same answers, got ${answers.map((text) => text?.slice(0, 200)).join(' and ')}`);
}
