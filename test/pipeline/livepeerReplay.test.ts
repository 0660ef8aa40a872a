import { readFileSync } from 'node:fs';
import { replayRecording } from '../../indexer/main.js';
import { createEncoder } from '../../indexer/source/createRecordedSource.js';
import { createPool } from '../../schema/database.js';
import { getNetwork } from '../../schema/protocols/protocols.js';
import { describeWithShared, toSharedPath } from '../sharedData.js';
import { silentLog } from '../silentLog.js';
import { createTestDatabase, type TestDatabase } from '../testDatabase.js';

const recording = 'livepeer/bondingmanager-events-arbitrum-2022-02_03.json';
const rawEvents = 'livepeer/raw-web3-events.txt';
const network = 'livepeer-arbitrum-recorded';

describeWithShared(rawEvents, 'encoding of recorded arguments', () => {
  it('gives the very topics and data that the contract wrote', () => {
    const encode = createEncoder(getNetwork(network));
    const events = parseWeb3Events(readFileSync(toSharedPath(rawEvents), 'utf8'));
    expect(events.length).toBeGreaterThanOrEqual(4);
    for (const { raw, ...event } of events) {
      expect(encode({ ...event, transactionHash: `0x${'0'.repeat(64)}` }, 0)).toEqual({
        address: event.address.toLowerCase(),
        ...raw,
      });
    }
  });
});

describeWithShared(recording, 'replay of 4,491 recorded Livepeer logs', () => {
  const file = toSharedPath(recording);
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await replayRecording({ databaseUrl: database.url, network, file, log: silentLog });
  });

  afterAll(() => database.drop());

  it('keeps every log as an event, decoded, in the order of the file', async () => {
    const rows = await query<{ name: string; tx: string }>(
      "select name, '0x' || encode(tx_hash, 'hex') as tx from event order by height, log_index",
    );
    const entries = readEntries();
    expect(rows).toEqual(entries.map((entry) => ({ name: entry.name, tx: entry.transactionHash.toLowerCase() })));
    expect(await query('select * from quarantine')).toEqual([]);
  });

  it('comes to the stake and rewards per delegate that a plain fold over the file gives', async () => {
    const rows = await query<{ native_id: string; stake: string; rewarded: string }>(
      'select native_id, stake, rewarded from provider',
    );
    const folded = foldDelegates(readEntries());
    const indexed = new Map(rows.map((row) => [row.native_id, { stake: row.stake, rewarded: row.rewarded }]));
    expect(folded.size).toBeGreaterThan(90);
    // A delegate that only ever set its terms has nothing bonded; nobody else may be in the database.
    const invented = rows.filter((row) => !folded.has(row.native_id) && (row.stake !== '0' || row.rewarded !== '0'));
    expect(invented).toEqual([]);
    for (const [delegate, { stake, rewarded }] of folded) {
      expect([delegate, indexed.get(delegate)]).toEqual([delegate, { stake: `${stake}`, rewarded: `${rewarded}` }]);
    }
  });

  it('comes to the sums of the file, event by event', async () => {
    const rows = await query<{ kind: string; amount: string }>(
      'select kind, sum(amount)::text as amount from stake_change group by kind',
    );
    const sums = Object.fromEntries(rows.map((row) => [row.kind, BigInt(row.amount)]));
    const entries = readEntries();
    const total = (name: string, field: string) =>
      entries.filter((entry) => entry.name === name).reduce((sum, entry) => sum + BigInt(entry.data[field] ?? 0), 0n);
    expect(sums.rewarded).toBe(total('Reward', 'amount'));
    expect(sums.credited).toBe(total('EarningsClaimed', 'rewards'));
    expect(sums.unlocking).toBe(total('Unbond', 'amount'));
    expect(sums.withdrawn).toBe(total('WithdrawStake', 'amount'));
    expect(sums.locked).toBe(total('Bond', 'additionalAmount') + total('Rebond', 'amount'));
    const [fees] = await query<{ amount: string }>('select sum(amount)::text as amount from payout');
    expect(BigInt(fees?.amount ?? -1)).toBe(total('WithdrawFees', 'amount'));
    const [provider] = await query<{ stake: string }>('select sum(stake)::text as stake from provider');
    const [whole] = await query<{ stake: string }>('select stake from network');
    expect(whole?.stake).toBe(provider?.stake);
  });

  it('changes nothing when it is done twice', async () => {
    const count = 'select (select count(*) from event) as events, (select sum(stake)::text from provider) as stake';
    const before = await query(count);
    await replayRecording({ databaseUrl: database.url, network, file, log: silentLog });
    expect(await query(count)).toEqual(before);
  });

  async function query<Row extends object>(text: string): Promise<readonly Row[]> {
    const pool = createPool(database.url, { role: 'test' });
    try {
      return (await pool.query(text)).rows as Row[];
    } finally {
      await pool.end();
    }
  }

  function readEntries(): readonly Entry[] {
    return JSON.parse(readFileSync(file, 'utf8')) as Entry[];
  }
});

interface Entry {
  readonly transactionHash: string;
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
}

/**
 * Follows every wallet's bond from the file alone: who it is with and how much, by the amounts the contract states.
 * Shares no code and no arithmetic with the adapter, which adds signed movements per delegate.
 */
function foldDelegates(entries: readonly Entry[]): ReadonlyMap<string, { stake: bigint; rewarded: bigint }> {
  const none = `0x${'0'.repeat(40)}`;
  const wallets = new Map<string, { delegate: string; bonded: bigint }>();
  const pools = new Map<string, { rewarded: bigint; credited: bigint }>();
  const poolOf = (delegate: string) => {
    const found = pools.get(delegate) ?? { rewarded: 0n, credited: 0n };
    pools.set(delegate, found);
    return found;
  };
  for (const { name, data } of entries) {
    const at = (field: string) => (data[field] ?? '').toLowerCase();
    const amount = (field: string) => BigInt(data[field] ?? 0);
    const wallet = wallets.get(at('delegator')) ?? { delegate: none, bonded: 0n };
    if (name === 'Bond') wallets.set(at('delegator'), { delegate: at('newDelegate'), bonded: amount('bondedAmount') });
    if (name === 'Rebond') {
      wallets.set(at('delegator'), { delegate: at('delegate'), bonded: wallet.bonded + amount('amount') });
    }
    if (name === 'Unbond') {
      wallets.set(at('delegator'), { delegate: at('delegate'), bonded: wallet.bonded - amount('amount') });
    }
    if (name === 'EarningsClaimed' && at('delegate') !== none) {
      wallets.set(at('delegator'), { ...wallet, bonded: wallet.bonded + amount('rewards') });
      poolOf(at('delegate')).credited += amount('rewards');
    }
    if (name === 'Reward') poolOf(at('transcoder')).rewarded += amount('amount');
  }
  // A delegate's stake: what its wallets hold, and rewards not yet credited to any of them.
  const delegates = new Map<string, { stake: bigint; rewarded: bigint }>();
  for (const { delegate, bonded } of wallets.values()) {
    if (delegate === none) continue;
    const { stake = 0n } = delegates.get(delegate) ?? {};
    delegates.set(delegate, { stake: stake + bonded, rewarded: 0n });
  }
  for (const [delegate, { rewarded, credited }] of pools) {
    const { stake = 0n } = delegates.get(delegate) ?? {};
    delegates.set(delegate, { stake: stake + rewarded - credited, rewarded });
  }
  return delegates;
}

interface Web3Event {
  readonly address: string;
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
  readonly raw: { readonly topics: readonly string[]; readonly data: string };
}

/** The console print of web3.js: returnValues by name, and the raw topics and data. */
function parseWeb3Events(text: string): readonly Web3Event[] {
  return text
    .split(/New event emitted on /)
    .filter((block) => block.includes('returnValues'))
    .map((block) => {
      const values = /returnValues: Result \{([^}]*)\}/.exec(block)?.[1] ?? '';
      const raw = /raw: \{([\s\S]*?)\]\s*\}/.exec(block)?.[1] ?? '';
      return {
        address: /address: '(0x\w+)'/.exec(block)?.[1] ?? '',
        name: /event: '(\w+)'/.exec(block)?.[1] ?? '',
        data: Object.fromEntries(
          [...values.matchAll(/([A-Za-z]\w*): '([^']*)'/g)].map(([, key, value]) => [key, value]),
        ),
        raw: {
          data: /data: '(0x[0-9a-f]*)'/.exec(raw)?.[1] ?? '',
          topics: [...(raw.split('topics')[1] ?? '').matchAll(/'(0x[0-9a-f]+)'/g)].map(([, topic]) => topic ?? ''),
        },
      };
    });
}
