import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execute, type GraphQLObjectType, type GraphQLSchema, getNamedType, isRequiredArgument, parse } from 'graphql';
import { createContext } from '../../api/createContext.js';
import { createSchema } from '../../api/createSchema.js';
import { createDatabase, type SnapshotDatabase } from '../../api/database/createDatabase.js';
import { lists } from '../../api/lists.js';
import { drawChain, toBatches } from '../writer/marketChain.js';
import { type OpenStore, openStore } from '../writer/openStore.js';
import { listStatements } from './listStatements.js';
import { toFirst, toSelection } from './toSelection.js';

type Rows = readonly Readonly<Record<string, unknown>>[];

describe('what a list selects', () => {
  let store: OpenStore;
  let schema: GraphQLSchema;
  let database: SnapshotDatabase;
  beforeAll(async () => {
    store = await openStore();
    await store.write(toBatches(drawChain({ seed: 31, blocks: 10, logsPerBlock: 30 }), 5));
    schema = await createSchema();
    const { connectionString } = store.pool.options as { connectionString?: string };
    database = createDatabase({ url: String(connectionString), maxAgeMs: 0 });
  });
  afterAll(async () => {
    await database.close();
    await store.close();
  });

  async function read<Data>(text: string): Promise<Data> {
    const context = createContext({ database, staleAfterSeconds: 120, version: '1.2.3' });
    try {
      const { data, errors } = await execute({ schema, document: parse(text), contextValue: context });
      expect([text, errors]).toEqual([text, undefined]);
      return JSON.parse(JSON.stringify(data)) as Data;
    } finally {
      context.present.database.release();
    }
  }

  it.each(lists.map((list) => [list.field, list.name]))(
    'of %s is enough for each field, be it asked for alone or with all others',
    async (field, name) => {
      const type = schema.getType(name) as GraphQLObjectType;
      const { rows } = await read<{ rows: Rows }>(`{ rows: ${field}(first: 20) ${toSelection(type, 2)} }`);
      for (const one of Object.values(type.getFields())) {
        if (one.args.some(isRequiredArgument) || !rows.every((row) => one.name in row)) continue;
        const inner = toSelection(getNamedType(one.type), 1);
        const asked = `${one.name}${toFirst(one)} ${inner}`;
        const alone = await read<{ list: Rows; page: { nodes: Rows; edges: readonly { node: object }[] } }>(
          `{ list: ${field}(first: 20) { ${asked} } page: ${field}Connection(first: 20) { nodes { ${asked} } edges { node { ${asked} } } } }`,
        );
        const expected = rows.map((row) => ({ [one.name]: row[one.name] }));
        expect(alone.list).toEqual(expected);
        expect(alone.page.nodes).toEqual(expected);
        expect(alone.page.edges.map(({ node }) => node)).toEqual(expected);
      }
    },
    120_000,
  );

  const statementOf = async (text: string) => (await listStatements(() => read(text)))[0]?.replace(/\s+/g, ' ') ?? '';

  it('is no more than is asked for', async () => {
    const statement = await statementOf('{ jobs { nativeId ...more } } fragment more on Job { id provider { id } }');
    expect(statement).toMatch(
      /^select j\.id, j\.native_id as "nativeId", j\.provider_id as "providerId" from job j order by /,
    );
    expect(await statementOf('{ jobs { __typename } }')).toMatch(/^select true as "isThere" from job j /);
    expect(
      await statementOf('{ jobsConnection { totalCount pageInfo { endCursor } edges { node { buyer } } } }'),
    ).toMatch(/"sortValues", j\.buyer from job j order by /);
  });

  it('is looked up for the rows of the page alone, unless the filter or the sort needs it', async () => {
    expect(await statementOf('{ jobs(skip: 3) { status } }')).toMatch(
      / from \(select j\.\* from job j order by j\.time desc, j\.id asc limit .*\) as j join network n .* order by j\.time desc, j\.id asc$/,
    );
    expect(await statementOf('{ jobs(where: { derived: true }) { id } }')).toMatch(
      / from job j join network n .* where /,
    );
    expect(await statementOf('{ jobs(orderBy: tasksFailed) { id } }')).toMatch(
      / from job j join network n .* order by /,
    );
  });
});
