import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Api } from '../../api/createApi.js';
import { BLOCK_CHANNEL } from '../../schema/lib/channels.js';
import { listStatements } from './listStatements.js';
import { createTestApi, type OpenApi, openApi } from './openApi.js';
import { devnet, emptyNetworks, execute, hash, id, jobRow, providerRow } from './seed.js';
import { untilTrue } from './untilTrue.js';

let open: OpenApi;
let api: Api;
beforeAll(async () => {
  const time = new Date();
  open = await openApi({
    ...emptyNetworks,
    block: [{ chain_id: devnet.id, height: 100, hash: hash('a'), parent_hash: hash('9'), time }],
    provider: ['pool', 'other'].map((name) => providerRow(name, { name: `first ${name}` })),
    job: [jobRow('j1', { provider_id: id('pool') }), jobRow('j2', { provider_id: id('other') })],
  });
  api = await createTestApi(open.url, { snapshotMs: 60_000 });
  // The first snapshot ends when the API begins to listen.
  await readName('pool');
  await new Promise((resolve) => setTimeout(resolve, 500));
});
afterAll(async () => {
  await api.close();
  await open.close();
});

async function readName(provider: string, point = ''): Promise<unknown> {
  const jobs = `jobs(where: { provider: "${id(provider)}" }${point}) { id provider { name } }`;
  const { data, errors } = await api.execute(`{ ${jobs} }`);
  expect(errors).toBeUndefined();
  const [job] = (data?.jobs ?? []) as readonly { readonly provider: { readonly name: string } }[];
  return job?.provider.name;
}

const listReads = async (run: () => Promise<unknown>) =>
  (await listStatements(run)).filter((sql) => / p\.id = any\(/.test(sql));

describe('rows that answers of one moment share', () => {
  it('are read once in it, by whoever names them first', async () => {
    await readName('pool');
    expect(await listReads(() => readName('pool'))).toEqual([]);
    expect(await listReads(() => readName('other'))).toHaveLength(1);
    expect(await listReads(() => readName('other'))).toEqual([]);
  });

  it('are read anew in the next', async () => {
    expect(await readName('pool')).toBe('first pool');
    await execute(open.url, `update provider set name = 'second pool' where id = '${id('pool')}'`);
    expect(await readName('pool')).toBe('first pool');
    await execute(open.url, `select pg_notify('${BLOCK_CHANNEL}', '{}')`);
    await untilTrue(async () => (await readName('pool')) === 'second pool');
  });

  it('are not those of the past, nor the other way round', async () => {
    const past = `, block: { number: "100" }`;
    await readName('pool');
    expect(await listReads(() => readName('pool', past))).toHaveLength(1);
    expect(await listReads(() => readName('pool', past))).toHaveLength(1);
  });

  it('may be none: what has no row is not asked for again', async () => {
    const [known, unknown] = ['pool', 'nobody'].map((name) => `{ provider(id: "${id(name)}") { name } }`);
    await api.execute(String(known));
    expect((await api.execute(String(unknown))).data?.provider).toBeNull();
    expect(await listReads(() => api.execute(String(unknown)))).toEqual([]);
  });
});
