import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { type OpenApi, openApi } from './openApi.js';
import { emptyNetworks, id, providerRow } from './seed.js';

describe('docs/graphql.md', () => {
  let open: OpenApi;
  beforeAll(async () => {
    open = await openApi({ ...emptyNetworks, provider: [providerRow('p')] });
  });
  afterAll(() => open.close());

  it.each(['docs/graphql.md', 'docs/questions.md'])(
    '%s shows queries that can be asked as they stand',
    async (path) => {
      const text = await readFile(path, 'utf8');
      const queries = [...text.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, query]) => query ?? '');
      expect(queries.length).toBeGreaterThanOrEqual(path === 'docs/graphql.md' ? 5 : 1);
      for (const query of queries) expect(await open.read(query, { ids: [id('p')] })).toBeTruthy();
    },
  );

  it('has a page of subscriptions that are valid, and names all of them', async () => {
    const text = await readFile('docs/live.md', 'utf8');
    const shown = [...text.matchAll(/```graphql\n([\s\S]*?)```/g), ...text.matchAll(/`(subscription [^`]*)`/g)];
    const curls = [...text.matchAll(/"query": "(subscription [^"]*)"/g)];
    const queries = [...shown, ...curls].map(([, query]) => query ?? '');
    expect(queries.length).toBeGreaterThanOrEqual(3);
    for (const query of queries) expect([query, validate(open.api.schema, parse(query))]).toEqual([query, []]);
    const fields = Object.keys(open.api.schema.getSubscriptionType()?.getFields() ?? {});
    expect(fields.filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
  });

  it('names every list', async () => {
    const { __schema } = await open.read<{ __schema: { queryType: { fields: { name: string }[] } } }>(
      '{ __schema { queryType { fields { name } } } }',
    );
    const text = await readFile('docs/graphql.md', 'utf8');
    const lists = __schema.queryType.fields.flatMap(({ name }) => /^(.*)Connection$/.exec(name)?.[1] ?? []);
    expect(lists.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
