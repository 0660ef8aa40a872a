import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLField, type GraphQLObjectType, getNamedType, isRequiredArgument } from 'graphql';
import type { Api } from '../../api/createApi.js';
import { presentFields, timelessFields } from '../../api/point/pointArguments.js';
import { drawChain, network, toBatches, toHeader } from '../writer/marketChain.js';
import { type OpenStore, openStore } from '../writer/openStore.js';
import { createTestApi, type OpenApi, openApi } from './openApi.js';
import { chainRow, devnet, emptyNetworks, execute, recorded } from './seed.js';
import { toSelections } from './toSelection.js';

const BLOCKS = 12;
const id = network.definition.id;

/** Lists in every order and by the filters that are not plain columns, and one of each noun. */
const roots: readonly (readonly [string, string])[] = [
  ...['createdAt', 'endedAt', 'volume', 'id'].map((order) => ['jobs', `first: 20, orderBy: ${order}`] as const),
  ['jobs', 'first: 20, where: { status_in: [completed, partial] }'],
  ['jobs', 'first: 20, where: { status: running }'],
  ['jobs', `first: 20, where: { provider: "${id}:p2" }`],
  ['jobs', 'first: 20, where: { provider: null }'],
  ...['jobs', 'tasksCompleted', 'tasksFailed', 'stake', 'paid', 'lastActiveAt', 'latestPrice'].map(
    (order) => ['providers', `first: 8, orderBy: ${order}`] as const,
  ),
  ['providers', 'first: 8, where: { active: true }'],
  ['payouts', 'first: 20'],
  ['stakeChanges', 'first: 20'],
  ['anomalies', 'first: 20'],
  ['networks', 'first: 5'],
  ...['tasks', 'nodes', 'attempts', 'verifications', 'events', 'prices', 'escrowChanges', 'parameterChanges'].map(
    (list) => [list, 'first: 20'] as const,
  ),
  ...['quarantinedLogs', 'blocks', 'outages', 'scores'].map((list) => [list, 'first: 20'] as const),
  // With their cursors, which name the block, and their counts.
  ['jobsConnection', 'first: 10'],
  ['jobsConnection', 'last: 10, orderBy: endedAt, where: { status_in: [open, partial, completed] }'],
  ['jobsConnection', `first: 10, where: { buyer_not: null, provider_: { active: true } }`],
  ['providersConnection', `first: 8, where: { network: "${id}" }`],
  ['payoutsConnection', 'first: 10, orderBy: amount'],
  ['activity', 'days: 30'],
  ['job', `id: "${id}:j1"`],
  ['provider', `id: "${id}:p1"`],
  ['network', `id: "${id}"`],
  ['metricSeries', `metric: "jobs.success", subject: "${id}"`],
  ['metricWindows', `subject: "${id}"`],
];

describe('an answer as of a block', () => {
  let whole: OpenStore;
  let grown: OpenStore;
  let wholeApi: Api;
  let grownApi: Api;
  const batches = toBatches(drawChain({ seed: 21, blocks: BLOCKS, logsPerBlock: 32 }), 1);
  beforeAll(async () => {
    [whole, grown] = await Promise.all([openStore(), openStore()]);
    await whole.write(toBatches(drawChain({ seed: 21, blocks: BLOCKS, logsPerBlock: 32 }), 5));
    wholeApi = await createTestApi(toUrl(whole));
    grownApi = await createTestApi(toUrl(grown));
  });
  afterAll(async () => {
    await Promise.all([wholeApi.close(), grownApi.close()]);
    await Promise.all([whole.close(), grown.close()]);
  });

  it('is, at every height, what a database answers that was written up to it', async () => {
    const fields = (wholeApi.schema.getQueryType() as GraphQLObjectType).getFields();
    // Every list and page there is, beside those in their orders.
    const listed = Object.values(fields).filter(
      // A ranking looks back from the moment that is asked for, which is another one here: rank.test.ts has its past.
      ({ args }) => args.some(({ name }) => name === 'first') && !args.some(isRequiredArgument),
    );
    const all = [...roots, ...listed.map(({ name }) => [name, 'first: 5'] as const)];
    expect(all.length).toBeGreaterThan(50);
    let answers = 0;
    for (const batch of batches) {
      await grown.write([batch]);
      const { height } = batch.last;
      // Each at one height, and all of them at the last.
      const asked = all.filter((_, at) => height === BLOCKS || at % BLOCKS === height - 1);
      for (const [name, args] of asked) {
        for (const selection of toSelections(getNamedType((fields[name] as GraphQLField<unknown, unknown>).type), 3)) {
          const then = await read(wholeApi, `{ ${name}(${args}, block: { number: ${height} }) ${selection} }`);
          expect([height, name, args, then]).toEqual([
            ...[height, name, args],
            await read(grownApi, `{ ${name}(${args}) ${selection} }`),
          ]);
          answers += JSON.stringify(then).length;
        }
      }
    }
    expect(answers).toBeGreaterThan(200_000);
  }, 240_000);

  it('is the same by number, hash and time, and says which block it is of', async () => {
    const { hash, time } = toHeader(9);
    const blocks = ['number: 9', `hash: "${hash}"`, `timestamp: "${time.toISOString()}"`].map(
      (block) => `{ ${block} }`,
    );
    const later = `{ timestamp: "${new Date(time.getTime() + 11_999).toISOString()}" }`;
    for (const block of [...blocks, later]) {
      const answer = await wholeApi.execute(
        `query ($block: BlockInput) { jobs(block: $block) { id status } _meta(block: $block) { block { number hash } } }`,
        { block: toInput(block) },
      );
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toMatchObject({ _meta: { block: { number: '9', hash } } });
    }
  });

  it.each([
    ['number: 13', 'BLOCK_NOT_INDEXED'],
    ['number_gte: 13', 'BLOCK_NOT_INDEXED'],
    ['number: "99999999999999999999999"', 'BLOCK_NOT_INDEXED'],
    ['number: 0', 'BLOCK_PRUNED'],
    ['number: -1', 'BAD_USER_INPUT'],
    [`hash: "0x${'12'.repeat(32)}"`, 'BLOCK_UNKNOWN'],
    ['', 'BAD_USER_INPUT'],
    ['number: 3, number_gte: 3', 'BAD_USER_INPUT'],
  ])('fault 36: of { %s } is refused: %s', async (block, code) => {
    const { data, errors } = await wholeApi.execute(`{ jobs(block: { ${block} }) { id } }`);
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code } }]);
    expect(errors?.[0]?.message).toMatch(/^Expected .* got /);
  });

  it('is that of now where the newest block is high enough', async () => {
    const query = (args: string) => `{ jobs${args} { id status provider { id jobCount } } }`;
    const now = await read(wholeApi, query(''));
    expect(await read(wholeApi, query('(block: { number_gte: 3 })'))).toEqual(now);
  });

  it('before the first block is empty', async () => {
    const answer = await read(
      wholeApi,
      `{ jobs(block: { timestamp: "2001-01-01T00:00:00Z" }) { id } networks(block: { timestamp: "2001-01-01T00:00:00Z" }) { jobCount } }`,
    );
    expect(answer).toEqual({ jobs: [], networks: [{ jobCount: '0' }] });
  });
});

describe('the moment of a query', () => {
  let open: OpenApi;
  beforeAll(async () => {
    const safe = { safe_height: 4, finalized_height: 2, height: 6, block_hash: Buffer.alloc(32, 6) };
    open = await openApi({
      ...emptyNetworks,
      chain: [chainRow(safe), ...(emptyNetworks.chain ?? []).slice(1)],
      block: [devnet, recorded].flatMap(({ id: chain }) =>
        Array.from({ length: 6 }, (_, at) => ({
          ...{ chain_id: chain, height: at + 1, hash: Buffer.alloc(32, at + 1), parent_hash: Buffer.alloc(32, at) },
          time: new Date(Date.UTC(2026, 0, 1, chain === devnet.id ? at : at + 2)),
        })),
      ),
    });
    await execute(open.url, `update chain set height = 6 where chain_id = ${recorded.id}`);
  });
  afterAll(() => open.close());

  const heights = '{ id block { number } }';
  const readHeights = async (args: string) => {
    const { _meta } = await open.read<{ _meta: { chains: { id: string; block: { number: string } | null }[] } }>(
      `{ _meta(${args}) { chains ${heights} } }`,
    );
    return _meta.chains.map(({ block }) => block?.number ?? null);
  };

  it('is of every chain: the others as of the time of the block', async () => {
    expect(await readHeights(`chain: ${devnet.id}, block: { number: 5 }`)).toEqual(['5', '3']);
    expect(await readHeights(`chain: ${recorded.id}, block: { number: 5 }`)).toEqual(['6', '5']);
    expect(await readHeights('block: { timestamp: "2026-01-01T01:30:00Z" }')).toEqual(['2', null]);
  });

  it('may be the last one that is safe or final; histories are', async () => {
    expect(await readHeights('finality: LATEST')).toEqual(['6', '6']);
    expect(await readHeights('finality: SAFE')).toEqual(['4', '6']);
    expect(await readHeights('finality: FINALIZED')).toEqual(['2', '6']);
    expect(await readHeights('block: { timestamp: "2026-01-01T03:00:00Z" }, finality: FINALIZED')).toEqual(['2', '2']);
    expect(await readHeights(`chain: ${devnet.id}, block: { number: 2 }, finality: FINALIZED`)).toEqual(['2', null]);
    const { code } = await open.fail(
      `{ _meta(chain: ${devnet.id}, block: { number: 3 }, finality: FINALIZED) { version } }`,
    );
    expect(code).toBe('BLOCK_NOT_FINAL');
    const least = (number: number) => `chain: ${devnet.id}, block: { number_gte: ${number} }, finality: SAFE`;
    expect(await readHeights(least(4))).toEqual(['4', '6']);
    expect((await open.fail(`{ _meta(${least(5)}) { version } }`)).code).toBe('BLOCK_NOT_FINAL');
  });

  it('needs one chain for a number, which any field may name', async () => {
    const fail = async (query: string) => (await open.fail(query)).code;
    expect(await fail('{ jobs(block: { number: 3 }) { id } }')).toBe('CHAIN_REQUIRED');
    const two = `network_in: ["${devnet.network}", "${recorded.network}"]`;
    expect(await fail(`{ jobs(block: { number: 3 }, where: { ${two} }) { id } }`)).toBe('CHAIN_REQUIRED');
    expect(await fail('{ _meta(chain: 5, block: { number: 3 }) { version } }')).toBe('CHAIN_UNKNOWN');
    for (const args of [`id: "${devnet.network}:j"`, `id: "${devnet.network.toUpperCase()}:j"`]) {
      expect(await open.read(`{ job(${args}, block: { number: 3 }) { id } }`)).toEqual({ job: null });
    }
    const query = `{ networks(block: { number: 3 }) { id } jobs(block: { number: 3 }, where: { network: "${devnet.network}" }) { id } }`;
    expect(await open.read(query)).toMatchObject({ jobs: [] });
  });

  it.each([
    '{ a: networks(block: { timestamp: "2026-01-01T01:00:00Z" }) { id } b: networks { id } }',
    '{ a: networks(block: { timestamp: "2026-01-01T01:00:00Z" }) { id } b: networks(finality: SAFE) { id } }',
    '{ networks(finality: SAFE) { id } heartbeatStatus { down } }',
    '{ ...one ...two } fragment one on Query { networks(finality: SAFE) { id } } fragment two on Query { jobs { id } }',
  ])('is one: %s is refused', async (query) => {
    expect((await open.fail(query)).code).toBe('BLOCK_MIXED');
  });

  it('leaves alone what has none, and what is not asked', async () => {
    const query = `query ($skip: Boolean!) { metric(id: "jobs.success") { id } gpuCatalogue { version } __typename
      networks(finality: SAFE, first: 1) { id } jobs @skip(if: $skip) { id } }`;
    expect(await open.read(query, { skip: true })).toMatchObject({ networks: [{ id: devnet.network }] });
  });

  it('is an argument of every root field that has a past', () => {
    const fields = Object.values((open.api.schema.getQueryType() as GraphQLObjectType).getFields());
    const without = fields.filter(({ args }) => !args.some(({ name }) => name === 'block')).map(({ name }) => name);
    expect(new Set(without)).toEqual(new Set([...timelessFields, ...presentFields]));
  });
});

function toUrl({ pool }: OpenStore): string {
  return String((pool.options as { connectionString?: string }).connectionString);
}

function toInput(block: string): object {
  const [, name = '', value = ''] = /^\{ (\w+): "?(.*?)"? \}$/.exec(block) ?? [];
  return { [name]: value };
}

async function read(api: Api, query: string): Promise<object> {
  const { data, errors } = await api.execute(query);
  expect([query.slice(0, 200), errors]).toEqual([query.slice(0, 200), undefined]);
  return JSON.parse(JSON.stringify(data));
}
