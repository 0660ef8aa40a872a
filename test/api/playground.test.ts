import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getOperationAST, OperationTypeNode, parse, validate } from 'graphql';
import { createServer } from '../../api/createServer.js';
import { createScoreExplainer } from '../../indexer/metrics/recompute/main.js';
import { fillVariables, NOTHING } from '../../web/playground/fillVariables.js';
import { type Example, parseExample } from '../../web/playground/parseExample.js';
import { type OpenApi, openApi } from './openApi.js';
import { openSocket } from './openLive.js';
import { emptyNetworks, type Seed } from './seed.js';
import { exampleRows } from './seedExamples.js';

const FOLDER = 'api/playground/examples';
const readers = ['analyst', 'buyer', 'operator', 'protocol'];
const examples = await readExamples();
const isLive = ({ query }: Example) => getOperationAST(parse(query))?.operation === OperationTypeNode.SUBSCRIPTION;
const queries = examples.filter((example) => !isLive(example));
const subscriptions = examples.filter(isLive);
/** Who compares must have something to compare: there the error says so. */
const comparisons = ['buyer/compare-providers', 'operator/me-and-another'];
const now = new Date('2026-02-01T00:00:00Z');

async function readExamples(): Promise<readonly Example[]> {
  const files = await readdir(FOLDER, { recursive: true });
  const paths = files.filter((file) => file.endsWith('.graphql')).sort();
  return Promise.all(
    paths.map(async (file) => parseExample(`${FOLDER}/${file}`, await readFile(`${FOLDER}/${file}`, 'utf8'))),
  );
}

describe('the examples of the playground', () => {
  let open: OpenApi;
  beforeAll(async () => {
    open = await openExamples(exampleRows);
  });
  afterAll(() => open.close());

  it('are at least fifteen for each kind of reader, each with a title of its own', () => {
    expect([...new Set(examples.map(({ reader }) => reader))].sort()).toEqual(readers);
    for (const one of readers) {
      expect(examples.filter(({ reader }) => reader === one).length).toBeGreaterThanOrEqual(15);
    }
    expect(new Set(examples.map(({ title }) => title)).size).toBe(examples.length);
  });

  it('have one to follow for each kind of reader, and one of every subscription', () => {
    expect([...new Set(subscriptions.map(({ reader }) => reader))].sort()).toEqual(readers);
    for (const name of Object.keys(open.api.schema.getSubscriptionType()?.getFields() ?? {})) {
      expect(
        subscriptions.filter(({ query }) => query.includes(`${name}(`) || query.includes(`${name} {`)),
      ).not.toEqual([]);
    }
  });

  /** Its variables; whoever tries it finds something to ask about. */
  async function fillWhole(example: Example): Promise<Record<string, unknown>> {
    expect(validate(open.api.schema, parse(example.query))).toEqual([]);
    const variables = await fill(open, example);
    expect(
      Object.values(variables)
        .flat()
        .filter((value) => value === NOTHING || value === '0x'),
    ).toEqual([]);
    return variables;
  }

  it.each(queries.map((example) => [example.id, example] as const))('%s can be asked', async (_, example) => {
    const variables = await fillWhole(example);
    const { data, errors } = await open.api.execute(example.query, variables);
    expect(errors).toBeUndefined();
    expect(data).toBeTruthy();
  });

  it('can be followed', async () => {
    const app = createServer();
    await open.api.mount(app);
    const socket = await openSocket(await app.listen({ host: '127.0.0.1', port: 0 }));
    try {
      for (const example of subscriptions) {
        await socket.subscribe(example.id, example.query, await fillWhole(example));
      }
      expect(socket.messages.filter(({ type }) => type === 'error' || type === 'complete')).toEqual([]);
    } finally {
      socket.socket.close();
      await app.close();
    }
  });

  it('can be asked of an instance that knows nothing yet', async () => {
    const empty = await openExamples(emptyNetworks);
    try {
      for (const example of queries) {
        const { errors } = await empty.api.execute(example.query, await fill(empty, example));
        const codes = errors?.map(({ extensions }) => extensions?.code) ?? [];
        expect([example.id, codes]).toEqual([example.id, comparisons.includes(example.id) ? ['PROVIDER_UNKNOWN'] : []]);
      }
    } finally {
      await empty.close();
    }
  });

  it('must tell what they are for', () => {
    expect(() => parseExample('x/buyer/a.graphql', '{ networks { id } }')).toThrow(/begin with a comment of a title/);
    expect(() => parseExample('x/buyer/a.graphql', '# A title alone\n{ networks { id } }')).toThrow(/what the query/);
  });
});

function fill({ api }: Pick<OpenApi, 'api'>, example: Example): Promise<Record<string, unknown>> {
  const ask = async (query: string) => {
    const { data, errors } = await api.execute(query);
    expect(errors).toBeUndefined();
    return data;
  };
  return fillVariables(example.variables, { ask, now });
}

/** With whoever explains scores, as the product has him. */
async function openExamples(rows: Seed): Promise<OpenApi> {
  let explainer: ReturnType<typeof createScoreExplainer> | undefined;
  const open = await openApi(rows, (question) => {
    explainer ??= createScoreExplainer(open.url);
    return explainer.explain(question);
  });
  return {
    ...open,
    async close() {
      await explainer?.close();
      await open.close();
    },
  };
}
