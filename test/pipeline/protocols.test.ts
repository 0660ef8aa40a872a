import { checkInvariants } from '../../indexer/audit/checkInvariants.js';
import { findAnomalies } from '../../indexer/conservation/findAnomalies.js';
import { startIndexer } from '../../indexer/main.js';
import { toDigest } from '../../indexer/writer/digest.js';
import { rescanDigest } from '../../indexer/writer/rescanDigest.js';
import { createPool } from '../../schema/database.js';
import { boundless } from '../../schema/protocols/boundless.js';
import type { Manifest, NetworkDefinition } from '../../schema/protocols/Manifest.js';
import { marlin } from '../../schema/protocols/marlin.js';
import { addNetworks } from '../../schema/protocols/protocols.js';
import { zerog } from '../../schema/protocols/zerog.js';
import { createTestApi } from '../api/openApi.js';
import { compileSolidity } from '../contracts/compileSolidity.js';
import { playBoundlessMarket } from '../contracts/playBoundlessMarket.js';
import { playMarlinMarket } from '../contracts/playMarlinMarket.js';
import { deployFluence } from '../fluence/deployFluence.js';
import { openChain } from '../fluence/openChain.js';
import { playMarket } from '../fluence/playMarket.js';
import { hasArtifacts } from '../fluence/readArtifact.js';
import { openHub } from '../iexec/openHub.js';
import { playPoco } from '../iexec/playPoco.js';
import { FIRST_TIME, LAB_CHAIN_ID, openAnvil } from '../lib/openAnvil.js';
import { deployLivepeer } from '../livepeer/deployLivepeer.js';
import { playLivepeer } from '../livepeer/playLivepeer.js';
import { hasArtifacts as hasLivepeer } from '../livepeer/readArtifact.js';
import { findMissingPackage } from '../protocols/zerogArtifacts.js';
import { openZerogChain } from '../protocols/zerogChain.js';
import { playStory } from '../protocols/zerogStory.js';
import { silentLog } from '../silentLog.js';
import { createTestDatabase } from '../testDatabase.js';

/** From a chain on which the protocol's contracts acted, through the indexer and Postgres, to what a page asks. */
const protocols = [
  { title: 'Marlin Oyster', open: openMarlin, missing: undefined },
  { title: 'iExec PoCo', open: openIexec, missing: undefined },
  { title: '0G Compute', open: openZerog, missing: findMissingPackage() },
  { title: 'Boundless', open: openBoundless, missing: undefined },
  { title: 'Fluence', open: openFluence, missing: hasArtifacts ? undefined : '@fluencelabs/deal-ts-clients' },
  { title: 'Livepeer', open: openLivepeer, missing: hasLivepeer ? undefined : '@livepeer/sdk' },
];

for (const { title, open, missing } of protocols) {
  // A continuous integration installs everything: there a missing package is a failure.
  if (missing && process.env.CI !== 'true')
    it.skip(`${title} (skipped: npm package ${missing} is not installed)`, () => undefined);
  else describe(`${title}, from its contracts to its pages`, () => testProtocol(open));
}

interface Played {
  readonly manifest: Manifest;
  /** What contracts must have answered, where the protocol's logs do not say everything. */
  readonly answer?: { readonly key: RegExp; readonly answer: unknown };
  readonly definition: NetworkDefinition;
  readonly rpcUrl: string;
  close(): Promise<void>;
}

function testProtocol(open: () => Promise<Played>): void {
  let played: Played;
  let indexed: Awaited<ReturnType<typeof index>>;

  beforeAll(async () => {
    played = await open();
    indexed = await index(played);
  }, 180_000);

  afterAll(async () => {
    await indexed?.close();
    await played?.close();
  });

  it('breaks no invariant of the tables, and bears the digest of what they hold', async () => {
    const client = await indexed.pool.connect();
    try {
      expect((await checkInvariants(client, LAB_CHAIN_ID)).filter(({ broken }) => broken > 0)).toEqual([]);
    } finally {
      client.release();
    }
    const { rows } = await indexed.pool.query(
      'select digest_sum as sum, digest_rows as rows from block order by height desc limit 1',
    );
    expect(toDigest(await rescanDigest(indexed.pool, LAB_CHAIN_ID))).toBe(toDigest(rows[0]));
  });

  it('keeps what it asked of contracts', async () => {
    const { rows } = await indexed.pool.query('select key, answer from contract_read');
    const { key, answer } = played.answer ?? { key: /./, answer: expect.anything() };
    expect(rows.length > 0 || played.answer === undefined).toBe(true);
    for (const row of rows) expect(row).toEqual({ key: expect.stringMatching(key), answer });
  });

  it('has amounts that add up, and would not without one of its payouts or with another balance stated', async () => {
    const client = await indexed.pool.connect();
    const find = () => findAnomalies(client, { chainId: LAB_CHAIN_ID, above: -1, to: Number.MAX_SAFE_INTEGER });
    const findWith = async (fault: string) => {
      await client.query('begin');
      const { rowCount } = await client.query(fault);
      const found = await find();
      await client.query('rollback');
      return { rules: [...new Set(found.map(({ rule }) => rule))], rowCount };
    };
    try {
      expect(await find()).toEqual([]);
      const lost = `delete from payout where ctid = (select min(ctid) from payout where role = 'provider' and amount > 0)`;
      const paid = typeof indexed.spending !== 'string';
      expect(await findWith(lost)).toEqual(paid ? { rules: ['spending'], rowCount: 1 } : { rules: [], rowCount: 0 });
      const { rules, rowCount } = await findWith('update balance_statement set amount = amount + height');
      const kind = indexed.statedRule;
      expect(rules).toEqual(kind ? [kind] : []);
      expect(rowCount).toEqual(kind ? expect.any(Number) : 0);
    } finally {
      client.release();
    }
  });

  it('sets nothing aside', async () => {
    expect((await indexed.pool.query('select stage, reason from quarantine')).rows).toEqual([]);
  });

  it('answers the query of every page', async () => {
    const page = await indexed.read();
    expect(page).toMatchSnapshot();
  });
}

/** The same for every protocol: what one does not record is null or empty, never zero. */
const query = `
  query Page {
    networks { id jobCount nodeCount providerCount paid stake capabilities { name recorded } }
    providers(first: 5, orderBy: id) {
      name uri active terms { name value } jobCount tasksCompleted tasksFailed stake stakeRewarded stakeSlashed paid
      latestPrice { amount unit decimals token { symbol decimals } }
      prices(first: 20) { basis resource price { amount unit decimals token { symbol } } }
      jobs(first: 5) { status volume price { amount unit decimals } attributes { name value } }
      payouts(first: 10) { role amount task job { status } }
      stakeChanges(first: 10) { kind amount delta }
      nodes(first: 5) { active region gpuModel gpuCount vramMb attempts }
    }
    jobs(first: 10, orderBy: id) { status tasksCompleted tasksFailed paid price { amount unit decimals } steps { kind } }
  }
`;

async function index({ manifest, definition, rpcUrl }: Played) {
  addNetworks([{ manifest, definition }]);
  const database = await createTestDatabase();
  const pool = createPool(database.url, { role: 'test' });
  let tellLive: () => void = () => undefined;
  const live = new Promise<void>((resolve) => {
    tellLive = resolve;
  });
  const indexer = await startIndexer({
    ...{ databaseUrl: database.url, networks: [definition.id], endpoints: { [LAB_CHAIN_ID]: [{ url: rpcUrl }] } },
    ...{ pollMs: 50, maxRangeBlocks: 500, log: silentLog },
    onState: ({ phase }) => phase === 'live' && tellLive(),
  });
  await Promise.race([live, indexer.done]);
  await indexer.stop();
  const api = await createTestApi(database.url);
  const { spending, statedEscrow, statedStake } = manifest.conservation;
  return {
    pool,
    spending,
    /** Of the balances that its logs state, if they do. */
    statedRule:
      typeof statedStake !== 'string' ? 'statedStake' : typeof statedEscrow !== 'string' ? 'statedEscrow' : undefined,
    async read() {
      const { data, errors } = await api.execute(query);
      if (errors) throw new Error(JSON.stringify(errors));
      return JSON.parse(JSON.stringify(data)) as unknown;
    },
    async close() {
      await api.close();
      await pool.end();
      await database.drop();
    },
  };
}

async function openMarlin(): Promise<Played> {
  const anvil = await openAnvil();
  const contracts = compileSolidity('MarlinMarket.sol');
  const options = { rpc: anvil.rpc, contracts, tokenDecimals: 6, asBytes: false, time: FIRST_TIME + 1_000 };
  const { market } = await playMarlinMarket(options);
  return {
    manifest: marlin,
    answer: { key: new RegExp(`^extraDecimals:${market.toLowerCase()}:`), answer: { bigint: '12' } },
    definition: toLab(marlin, [{ role: 'market', address: market, startBlock: 0 }]),
    rpcUrl: anvil.url,
    close: () => anvil.close(),
  };
}

async function openBoundless(): Promise<Played> {
  const anvil = await openAnvil();
  const { market } = await playBoundlessMarket({ rpc: anvil.rpc, time: FIRST_TIME + 1_000 });
  return {
    manifest: boundless,
    definition: toLab(boundless, [{ role: 'market', address: market, startBlock: 0 }]),
    rpcUrl: anvil.url,
    close: () => anvil.close(),
  };
}

async function openZerog(): Promise<Played> {
  const chain = await openZerogChain();
  await playStory(chain);
  return {
    manifest: zerog,
    definition: toLab(zerog, [{ role: 'ledger', address: chain.ledger, startBlock: 0 }]),
    rpcUrl: chain.rpcUrl,
    close: async () => chain.close(),
  };
}

async function openIexec(): Promise<Played> {
  const chain = await openChain();
  const hub = await openHub(chain);
  await playPoco(chain, hub);
  return { ...hub.network, rpcUrl: chain.rpcUrl, close: () => chain.close() };
}

async function openFluence(): Promise<Played> {
  const chain = await openChain();
  const deployment = await deployFluence(chain);
  await playMarket(chain, deployment);
  return { ...deployment.network, rpcUrl: chain.rpcUrl, close: () => chain.close() };
}

async function openLivepeer(): Promise<Played> {
  const chain = await openChain();
  const contracts = await deployLivepeer(chain);
  await playLivepeer(chain, contracts);
  return { ...contracts.network, rpcUrl: chain.rpcUrl, close: () => chain.close() };
}

/** A network of the protocol's on the chain at hand. */
function toLab(manifest: Manifest, contracts: NetworkDefinition['contracts']): NetworkDefinition {
  const [definition] = manifest.networks;
  if (!definition) throw new Error(`${manifest.protocol} has no network`);
  return { ...definition, id: `${manifest.protocol}-lab`, chainId: LAB_CHAIN_ID, contracts };
}
