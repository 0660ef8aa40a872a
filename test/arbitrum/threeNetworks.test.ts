import { readFileSync } from 'node:fs';
import { toEventSelector } from 'viem';
import { checkInvariants } from '../../indexer/audit/checkInvariants.js';
import { startIndexer } from '../../indexer/main.js';
import type { RecordedEvent } from '../../indexer/source/createRecordedSource.js';
import { createPool } from '../../schema/database.js';
import type { Hex } from '../../schema/lib/hex.js';
import { iexecEvents } from '../../schema/protocols/abis/iexec.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { createTestApi } from '../api/openApi.js';
import type { OpenAnvil } from '../lib/openAnvil.js';
import { hasShared, toSharedPath } from '../sharedData.js';
import { silentLog } from '../silentLog.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';
import { ARBITRUM, FORK_HEIGHT, openArbitrum } from './openArbitrum.js';

/** What a user of the real networks does: names them, and gives one URL that speaks for Arbitrum One. */
const networks = ['livepeer-arbitrum', 'iexec-arbitrum', 'marlin-arbitrum'];
/** ETH in wei. */
const TICKET = '7000000000000000';
const recording = 'livepeer/bondingmanager-events-arbitrum-2022-02_03.json';

/** The first real logs of the BondingManager where they are at hand, and a few of other contracts. */
function listLivepeerEvents(): readonly RecordedEvent[] {
  const transactionHash = `0x${'0'.repeat(64)}`;
  const orchestrator = '0x1111111111111111111111111111111111111111';
  const bonding = { address: '0x35Bcf3c30594191d53231E4FF333E8A770453e40', transactionHash };
  const few: readonly RecordedEvent[] = [
    {
      ...bonding,
      name: 'TranscoderUpdate',
      data: { transcoder: orchestrator, rewardCut: '100000', feeShare: '500000' },
    },
    { ...bonding, name: 'TranscoderActivated', data: { transcoder: orchestrator, activationRound: '2500' } },
    {
      ...{ address: '0xC92d3A360b8f9e083bA64DE15d95Cf8180897431', transactionHash, name: 'ServiceURIUpdate' },
      data: { addr: orchestrator, serviceURI: 'https://orchestrator.example:8935' },
    },
    {
      ...{ address: '0xa8bB618B1520E284046F3dFc448851A1Ff26e41B', transactionHash, name: 'DepositFunded' },
      data: { sender: '0x2222222222222222222222222222222222222222', amount: TICKET },
    },
    {
      ...{ address: '0xa8bB618B1520E284046F3dFc448851A1Ff26e41B', transactionHash, name: 'WinningTicketTransfer' },
      data: {
        sender: '0x2222222222222222222222222222222222222222',
        recipient: orchestrator,
        amount: TICKET,
      },
    },
  ];
  const recorded = hasShared(recording)
    ? (JSON.parse(readFileSync(toSharedPath(recording), 'utf8')) as RecordedEvent[]).slice(0, 300)
    : [];
  return [...recorded, ...few];
}

const events = listLivepeerEvents();
let chain: OpenAnvil;
let database: TestDatabase;
let api: Awaited<ReturnType<typeof createTestApi>>;

beforeAll(async () => {
  chain = await openArbitrum(events);
  database = await createTestDatabase();
  let tellLive: () => void = () => undefined;
  const live = new Promise<void>((resolve) => {
    tellLive = resolve;
  });
  const indexer = await startIndexer({
    ...{ databaseUrl: database.url, networks, endpoints: { [ARBITRUM]: [{ url: chain.url }] }, log: silentLog },
    // As large as the configuration allows: hundreds of millions of empty blocks lie before the first log.
    ...{ pollMs: 50, maxRangeBlocks: 1_000_000 },
    onState: ({ phase }) => phase === 'live' && tellLive(),
  });
  await Promise.race([live, indexer.done]);
  await indexer.stop();
  api = await createTestApi(database.url);
}, 300_000);

afterAll(async () => {
  await api?.close();
  await database?.drop();
  await chain?.close();
});

it('indexes three networks of one chain from one URL, each from its own contracts', async () => {
  const pool = createPool(database.url, { role: 'test' });
  try {
    const { rows } = await pool.query<{ network: string; address: string; count: number }>(
      `select network_id as network, '0x' || encode(address, 'hex') as address, count(*)::integer as count
       from event group by 1, 2`,
    );
    for (const id of networks) {
      for (const { address } of getNetwork(id).definition.contracts) {
        const stored = rows.find((row) => row.network === id && row.address === address.toLowerCase());
        const logs = await chain.listLogs({ addresses: [address], from: FORK_HEIGHT });
        expect([id, address, stored?.count ?? 0]).toEqual([id, address, logs.length]);
      }
    }
    expect((await pool.query('select reason from quarantine')).rows).toEqual([]);
    const client = await pool.connect();
    try {
      expect((await checkInvariants(client, ARBITRUM)).filter(({ broken }) => broken > 0)).toEqual([]);
    } finally {
      client.release();
    }
  } finally {
    await pool.end();
  }
});

it('answers one query for all of them, and null where a protocol does not record', async () => {
  const { data, errors } = await api.execute('{ networks { id jobCount providerCount paid } }');
  expect(errors).toBeUndefined();
  const answered = new Map(
    (data as { readonly networks: readonly Answered[] }).networks.map((network) => [network.id, network]),
  );
  const deals = await chain.listLogs({ addresses: [getHub()], from: FORK_HEIGHT });
  const selector = toEventSelector(iexecEvents.hub[0]);
  const matched = deals.filter(({ topics }) => topics[0] === selector).length;
  expect(matched).toBeGreaterThan(10);
  expect(answered.get('iexec-arbitrum')?.jobCount).toBe(String(matched));
  expect(Number(answered.get('iexec-arbitrum')?.paid)).toBeGreaterThan(0);
  expect(answered.get('marlin-arbitrum')).toMatchObject({ jobCount: '3', providerCount: '1' });
  expect(answered.get('livepeer-arbitrum')).toMatchObject({ jobCount: null, paid: TICKET });
});

interface Answered {
  readonly id: string;
  readonly jobCount: string | null;
  readonly providerCount: string;
  readonly paid: string | null;
}

function getHub(): Hex {
  const hub = getNetwork('iexec-arbitrum').definition.contracts.find(({ role }) => role === 'hub');
  if (!hub) throw new Error('iExec has a hub');
  return hub.address;
}
