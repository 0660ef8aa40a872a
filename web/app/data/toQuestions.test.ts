import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, parse, validate } from 'graphql';
import { now, parseMoment } from '../moment.js';
import { providersQuery } from './buyerQueries.js';
import { chainsQuery, statusQuery } from './chainQueries.js';
import { toText } from './graphql.js';
import { jobQuery, jobsQuery } from './jobQueries.js';
import { marketChoicesQuery, marketQuery } from './marketQueries.js';
import { metricQuery, metricSeriesQuery } from './metricQueries.js';
import { homeQuery } from './networkQueries.js';
import { nodeQuery } from './nodeQueries.js';
import { providerQuery } from './providerQueries.js';
import { presentFields, timelessFields, toQuestions } from './toQuestions.js';

const schema = buildSchema(
  readFileSync(fileURLToPath(new URL('../../../api/schema.graphql', import.meta.url)), 'utf8'),
);
const block = parseMoment('?at=31337:7&finality=safe') ?? now;
const time = parseMoment('?at=2026-01-31') ?? now;

describe('a query as of a moment', () => {
  it('knows which root fields have no past', () => {
    const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
    const without = roots.filter(({ args }) => !args.some(({ name }) => name === 'block')).map(({ name }) => name);
    expect(without.toSorted()).toEqual([...presentFields, ...timelessFields].toSorted());
  });

  it('stays as it is as of now', () => {
    const question = { query: toText(jobsQuery), variables: { first: 1 } };
    expect(toQuestions(question, now)).toEqual([question]);
  });

  it('gives every root the block, and names its chain', () => {
    const query =
      'query A($id: ID!, $n: Int!) { job(id: $id) { ...J } probes { id } metrics { id } } fragment J on Job { tasks(first: $n) { id } }';
    const [past, present] = toQuestions({ query, variables: { id: 'a:b', n: 2 } }, block);
    expect(past?.variables).toEqual({ id: 'a:b', n: 2, atBlock: { number: '7' } });
    expect(past?.query).toContain('job(id: $id, block: $atBlock, finality: SAFE)');
    expect(past?.query).toContain('anchor: _meta(chain: "31337", block: $atBlock, finality: SAFE)');
    expect(past?.query).not.toContain('probes');
    expect(present).toEqual({ query: 'query A {\n  probes {\n    id\n  }\n}', variables: {} });
  });

  it.each(
    Object.entries({
      ...{
        chainsQuery,
        statusQuery,
        jobQuery,
        jobsQuery,
        marketChoicesQuery,
        marketQuery,
        metricQuery,
        metricSeriesQuery,
      },
      ...{ homeQuery, nodeQuery, providerQuery, providersQuery },
    }),
  )('%s is still one that the API takes', (_, document) => {
    for (const moment of [block, time]) {
      const questions = toQuestions({ query: toText(document), variables: {} }, moment);
      expect(questions.flatMap(({ query }) => validate(schema, parse(query)).map(({ message }) => message))).toEqual(
        [],
      );
    }
  });
});
