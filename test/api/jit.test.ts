import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  execute,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isRequiredArgument,
  parse,
  validate,
} from 'graphql';
import { type Context, createContext } from '../../api/createContext.js';
import { createSchema } from '../../api/createSchema.js';
import { createDatabase, type SnapshotDatabase } from '../../api/database/createDatabase.js';
import { jitPlugin } from '../../api/plugins/jitPlugin.js';
import { drawChain, network, toBatches } from '../writer/marketChain.js';
import { type OpenStore, openStore } from '../writer/openStore.js';
import { listStatements } from './listStatements.js';
import { createTestApi } from './openApi.js';
import { toSelection } from './toSelection.js';

const id = network.definition.id;
const given: Readonly<Record<string, string>> = {
  id: `"${id}:j1"`,
  metric: '"jobs.success"',
  subject: `"${id}"`,
  provider: `"${id}:p1"`,
  bucket: '"2023-11-15T00:00:00Z"',
  text: '"p1"',
};

describe('a query that is compiled', () => {
  let store: OpenStore;
  let schema: GraphQLSchema;
  let database: SnapshotDatabase;
  beforeAll(async () => {
    store = await openStore();
    await store.write(toBatches(drawChain({ seed: 31, blocks: 10, logsPerBlock: 30 }), 5));
    schema = await createSchema();
    database = createDatabase({ url: toUrl(store), maxAgeMs: 0 });
  });
  afterAll(async () => {
    await database.close();
    await store.close();
  });

  async function inContext<Value>(use: (context: Context) => Promise<Value>): Promise<Value> {
    const context = createContext({ database, staleAfterSeconds: 120, version: '1.2.3' });
    try {
      return await use(context);
    } finally {
      context.present.database.release();
    }
  }

  /** Null: it was left to the ordinary way. */
  async function runCompiled(text: string, variables: object): Promise<unknown> {
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    const listener = await jitPlugin(schema, { compileAfter: 1 }).requestDidStart?.({} as never);
    return inContext(async (contextValue) => {
      const answer = await listener?.responseForOperation?.({
        ...{ document, contextValue, operationName: getOperationAST(document)?.name?.value ?? null },
        request: { variables },
      } as never);
      return answer?.body.kind === 'single' ? JSON.parse(JSON.stringify(answer.body.singleResult.data)) : null;
    });
  }

  async function runPlainly(text: string, variables: object): Promise<unknown> {
    const result = await inContext(async (contextValue) =>
      execute({ schema, document: parse(text), contextValue, variableValues: { ...variables } }),
    );
    expect(result.errors).toBeUndefined();
    return JSON.parse(JSON.stringify(result.data));
  }

  it('answers every field as it does plainly', async () => {
    const roots = Object.values((schema.getQueryType() as GraphQLObjectType).getFields());
    for (const root of roots) {
      const args = root.args.flatMap(({ name }) => {
        if (name === 'first') return ['first: 5'];
        return given[name] && root.args.some((arg) => arg.name === name && isRequiredArgument(arg))
          ? [`${name}: ${given[name]}`]
          : [];
      });
      // What explains scores is not here.
      if (root.name === 'scoreExplanation') continue;
      const missing = root.args.filter(
        (arg) => isRequiredArgument(arg) && !args.some((one) => one.startsWith(`${arg.name}:`)),
      );
      if (missing.length > 0) continue;
      const text = `{ ${root.name}${args.length > 0 ? `(${args.join(', ')})` : ''} ${toSelection(getNamedType(root.type), 3)} }`;
      expect([root.name, await runCompiled(text, {})]).toEqual([root.name, await runPlainly(text, {})]);
    }
  }, 120_000);

  const where = { and: [{ network: id }, { or: [{ status: 'completed' }, { status_in: ['open', 'running'] }] }] };
  it.each<[string, object]>([
    ['query ($where: JobWhere) { jobs(where: $where) { id status } }', { where }],
    ['query ($where: JobWhere) { jobs(where: $where) { id } }', {}],
    ['query ($where: JobWhere) { jobs(where: $where) { id } }', { where: null }],
    ['query ($status: JobStatus) { jobs(where: { status: $status }) { id } }', { status: 'completed' }],
    ['query ($buyer: Bytes) { jobs(where: { buyer: $buyer }) { id } }', { buyer: null }],
    ['query ($a: JobStatus! = open, $b: JobStatus!) { jobs(where: { status_in: [$a, $b] }) { id } }', { b: 'failed' }],
    ['query ($first: Int! = 3) { jobs(first: $first) { id } }', {}],
    ['query ($first: Int) { jobs(first: $first) { id } }', {}],
    [
      'query ($by: JobOrderBy!, $to: OrderDirection = asc) { jobs(orderBy: $by, orderDirection: $to) { id } }',
      { by: 'volume' },
    ],
    ['query ($with: Boolean = false) { jobs(first: 3) { id buyer @include(if: $with) } }', {}],
    ['query ($with: Boolean!) { jobs(first: 3) { id buyer @skip(if: $with) } }', { with: true }],
    ['{ a: jobs(first: 2) { ...one } b: jobs(first: 3) { ...one } } fragment one on Job { id provider { id } }', {}],
    ['query One { networks { __typename id } } ', {}],
    ['{ ...q jobs(first: 2) { id } } fragment q on Query { networks { id } ... { providers { name } } }', {}],
  ])('answers %s %j as it does plainly', async (text, variables) => {
    const compiled = await runCompiled(text, variables);
    expect(compiled).not.toBeNull();
    expect(compiled).toEqual(await runPlainly(text, variables));
  });

  it.each([
    ['{ __schema { queryType { name } } }', {}],
    ['{ ...q } fragment q on Query { networks { id } ... on Query { ...r } } fragment r on Query { __typename }', {}],
    ['query ($first: Int!) { jobs(first: $first) { id } }', {}],
    ['query ($status: JobStatus) { jobs(where: { status: $status }) { id } }', {}],
    ['{ jobs(first: 0) { id } }', {}],
  ])('leaves %s to the ordinary way', async (text, variables) => {
    expect(await runCompiled(text, variables)).toBeNull();
  });

  it('says what is wrong in the same words each time, and asks the database for nothing twice that failed', async () => {
    const api = await createTestApi(toUrl(store));
    try {
      for (const query of ['{ jobs(first: 0) { id } }', '{ networks { id } jobs(skip: 9999) { id } }']) {
        const first = JSON.stringify(await api.execute(query));
        expect(first).toContain('BAD_USER_INPUT');
        for (const _ of [1, 2]) expect(JSON.stringify(await api.execute(query))).toBe(first);
      }
      await store.query('alter table payout rename to elsewhere');
      const broken = '{ payouts { id } }';
      await api.execute(broken);
      const again = await listStatements(() => api.execute(broken));
      expect(again.filter((text) => text.includes('payout'))).toHaveLength(1);
      await store.query('alter table elsewhere rename to payout');
    } finally {
      await api.close();
    }
  });
});

function toUrl({ pool }: OpenStore): string {
  return String((pool.options as { connectionString?: string }).connectionString);
}
