import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { createScoreExplainer } from '../../indexer/metrics/recompute/main.js';
import { fillVariables, NOTHING } from '../../web/playground/fillVariables.js';
import { type Example, parseExample } from '../../web/playground/parseExample.js';
import { type OpenApi, openApi } from './openApi.js';
import { emptyNetworks, type Seed } from './seed.js';
import { exampleRows } from './seedExamples.js';

const FOLDER = 'api/playground/examples';
const readers = ['analyst', 'buyer', 'operator', 'protocol'];
const examples = await readExamples();
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

  it.each(examples.map((example) => [example.id, example] as const))('%s can be asked', async (_, example) => {
    expect(validate(open.api.schema, parse(example.query))).toEqual([]);
    const variables = await fill(open, example);
    // Whoever tries it finds something to ask about.
    expect(Object.values(variables).filter((value) => value === NOTHING || value === '0x')).toEqual([]);
    const { data, errors } = await open.api.execute(example.query, variables);
    expect(errors).toBeUndefined();
    expect(data).toBeTruthy();
  });

  it('can be asked of an instance that knows nothing yet', async () => {
    const empty = await openExamples(emptyNetworks);
    try {
      for (const example of examples) {
        const { errors } = await empty.api.execute(example.query, await fill(empty, example));
        expect([example.id, errors?.map(({ message }) => message) ?? []]).toEqual([example.id, []]);
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
