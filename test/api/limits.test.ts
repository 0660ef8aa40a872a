import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { type OpenApi, openApi } from './openApi.js';
import { emptyNetworks } from './seed.js';

describe('the limits of a query', () => {
  let open: OpenApi;
  beforeAll(async () => {
    open = await openApi(emptyNetworks);
  });
  afterAll(() => open.close());

  const bomb = '{ jobs(first: 1000) { provider { jobs(first: 1000) { provider { jobs(first: 1000) { id } } } } } }';

  it('count the rows of lists in lists, and say how many, the limit and what to do', async () => {
    expect(await open.fail(bomb)).toEqual({
      message:
        'Expected a query of at most 10000 nodes, got one of up to 1002002000: ask for fewer with `first`, or in several queries.',
      code: 'QUERY_TOO_COSTLY',
    });
  });

  it('count objects in rows, and defaults where nothing is said', async () => {
    const rows = (first: number) => `{ jobs(first: ${first}) { id provider { latestPrice { token { id } } } } }`;
    // A job, its provider, the price and its token.
    expect(await open.read(`{ jobs(first: 1000) { id network { chain { id } } } }`)).toEqual({ jobs: [] });
    expect(await open.read(rows(1_000))).toEqual({ jobs: [] });
    expect((await open.fail('{ jobs { steps { id } } }')).message).toContain('up to 10100:');
    expect((await open.fail('{ jobs { tasks(first: 10) { attempts { id } } } }')).message).toContain('up to 21100:');
  });

  it('count what variables say, their defaults as well', async () => {
    const said = 'query ($first: Int!) { jobs(first: $first) { steps(first: $first) { id } } }';
    expect(await open.read(said, { first: 99 })).toEqual({ jobs: [] });
    expect((await open.fail(said, { first: 100 })).code).toBe('QUERY_TOO_COSTLY');
    const byDefault = 'query ($first: Int = 1000) { jobs(first: $first) { steps(first: $first) { id } } }';
    expect((await open.fail(byDefault)).code).toBe('QUERY_TOO_COSTLY');
    expect(await open.read(byDefault, { first: 2 })).toEqual({ jobs: [] });
  });

  it('count through fragments, however often they spread each other', async () => {
    const levels = Array.from({ length: 4 }, (_, level) => {
      const fields = Array.from(
        { length: 3 },
        (_, at) => `f${at}: jobs(first: 1000) { provider { ...l${level + 1} } }`,
      );
      return `fragment l${level} on Provider { ${fields.join(' ')} }`;
    });
    const query = `{ providers(first: 1000) { ...l0 } } ${levels.join(' ')} fragment l4 on Provider { id }`;
    expect((await open.fail(query)).code).toBe('QUERY_TOO_COSTLY');
    const wide = (inner: string) => `{ jobs(first: 1000) { provider { jobs(first: 1000) { ${inner} } } } }`;
    const doubled = Array.from(
      { length: 14 },
      (_, at) => `fragment d${at} on Job { ...d${at + 1} ... { ...d${at + 1} } }`,
    );
    const document = `${wide('...d0')} ${doubled.join(' ')} fragment d14 on Job { id }`;
    expect((await open.fail(document)).code).toBe('QUERY_TOO_COSTLY');
  });

  it('are not got round by a field whose argument does not fit', async () => {
    const query = bomb.replace('{', 'query ($none: Int) { other: jobs(first: $none) { id }');
    const { data, errors } = await open.api.execute(query, { none: null });
    // No data at all: it was refused before it ran.
    expect(data).toBeUndefined();
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/^Argument "first" of .*type "Int!" must not be null\.$/),
      extensions: { code: 'BAD_USER_INPUT' },
    });
    const condition = 'query ($some: Boolean = true) { jobs { id @include(if: $some) } }';
    expect((await open.fail(condition, { some: null })).code).toBe('BAD_USER_INPUT');
  });

  it('leave out what a directive leaves out', async () => {
    const query = bomb
      .replace('{', 'query ($all: Boolean!) {')
      .replace(/(jobs\(first: 1000\))/, '$1 @include(if: $all)');
    expect(await open.read(`${query}`, { all: false })).toEqual({});
    expect((await open.fail(query, { all: true })).code).toBe('QUERY_TOO_COSTLY');
  });

  it('allow ten levels, also through fragments', async () => {
    const nest = (times: number, inner: string) =>
      `${'provider { jobs(first: 1) { '.repeat(times)}${inner}${' } }'.repeat(times)}`;
    expect(await open.read(`{ jobs(first: 1) { ${nest(4, 'id')} } }`)).toEqual({ jobs: [] });
    const { message, code } = await open.fail(
      `{ jobs(first: 1) { ...inner } } fragment inner on Job { ${nest(4, 'network { id }')} }`,
    );
    expect({ message, code }).toEqual({
      message: 'Expected a query at most 10 levels deep, got one of 11: ask in several queries.',
      code: 'QUERY_TOO_DEEP',
    });
  });

  it('allow fifteen aliases, a fragment counted as often as it is spread', async () => {
    const aliases = (count: number) => Array.from({ length: count }, (_, at) => `a${at}: id`).join(' ');
    expect(await open.read(`{ jobs { ${aliases(15)} } }`)).toEqual({ jobs: [] });
    expect(await open.fail(`{ jobs { ${aliases(16)} } }`)).toEqual({
      message: 'Expected a query with at most 15 aliases, got 16: ask in several queries.',
      code: 'QUERY_TOO_COSTLY',
    });
    const spread = `{ jobs { ...eight } more: jobs { ...eight } } fragment eight on Job { ${aliases(8)} }`;
    expect((await open.fail(spread)).message).toContain('got 17');
  });

  it('allow a cost of 1,000: a tenth of the nodes and one for each list', async () => {
    const pages = (first: number) => `{ jobs(first: ${first}) { steps(first: 98) { id } attributes { name } } }`;
    expect(await open.read(pages(83))).toEqual({ jobs: [] });
    // 84 × (1 + 98 + 20) nodes and 3 lists.
    expect(await open.fail(pages(84))).toEqual({
      message:
        'Expected a query that costs at most 1000, got one of 1003 (a tenth of its 9996 nodes, and 3 of its lists): ask for fewer with `first`, or in several queries.',
      code: 'MAX_COST_EXCEEDED',
    });
  });

  it('allow ten fields at the root and twenty directives, also through fragments', async () => {
    const roots = (count: number) => `{ ...all } fragment all on Query { ${'__typename '.repeat(count)} }`;
    expect(await open.read(roots(10))).toEqual({ __typename: 'Query' });
    expect(await open.fail(roots(11))).toEqual({
      message: 'Expected a query with at most 10 fields side by side at its root, got 11: ask in several queries.',
      code: 'QUERY_TOO_COSTLY',
    });
    const skips = (count: number) => `{ jobs { ${'id @skip(if: false) '.repeat(count)} } }`;
    expect(await open.read(skips(20))).toEqual({ jobs: [] });
    expect((await open.fail(skips(21))).message).toContain('with at most 20 directives, got 21');
  });

  it('let the schema be asked for once, and not the fields of the fields of types', async () => {
    const twice = '{ a: __schema { types { name } } b: __schema { types { name } } }';
    expect((await open.fail(twice)).message).toContain('with at most 1 `__schema`, got 2');
    const nested = '{ __type(name: "Job") { fields { type { fields { name } } } } }';
    expect((await open.fail(nested)).code).toBe('QUERY_TOO_DEEP');
    const some =
      'query ($deprecated: Boolean) { __type(name: "Job") { fields(includeDeprecated: $deprecated) { name } } }';
    const asked = await open.read(some, { deprecated: true });
    expect(await open.read(some, { deprecated: true })).toEqual(asked);
  });

  it('let the schema be asked for, alone and beside rows', async () => {
    const { __schema } = await open.read<{ __schema: { types: unknown[] } }>(getIntrospectionQuery());
    expect(__schema.types.length).toBeGreaterThan(30);
    expect(await open.read('{ __type(name: "Job") { name fields { name } } jobs { __typename } }')).toMatchObject({
      __type: { name: 'Job' },
    });
  });
});
