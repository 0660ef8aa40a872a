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
    const { delegates: folded } = foldBonds(readEntries());
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
    const [whole] = await query<{ stake: string }>('select stake from network');
    const { delegates, ofNobody } = foldBonds(entries);
    expect(BigInt(whole?.stake ?? -1)).toBe([...delegates.values()].reduce((sum, { stake }) => sum + stake, ofNobody));
  });

  it("adds up to every wallet's bond, by the absolute amounts, after each log that changes one", async () => {
    const rows = await query<{ position: string; account: string; bonded: string }>(
      `with numbered as (
         select height, log_index, row_number() over (order by height, log_index) - 1 as position from event
       ), summed as (
         select height, log_index, account, sum(delta) over (partition by account order by height, log_index, part) as bonded,
           row_number() over (partition by account, height, log_index order by part desc) as from_last
         from stake_change where account <> '${bondingManager}'
       )
       select position, account, bonded::text from numbered join summed using (height, log_index)
       where from_last = 1 order by position`,
    );
    const { steps, wallets } = foldBonds(readEntries());
    expect(rows.map(({ position, account, bonded }) => [Number(position), account, BigInt(bonded)])).toEqual(
      steps.map(({ position, wallet, bonded }) => [position, wallet, bonded]),
    );
    expect(wallets.size).toBeGreaterThan(700);
    const sums = await query<{ account: string; bonded: string }>(
      `select account, sum(delta)::text as bonded from stake_change where account <> '${bondingManager}' group by account`,
    );
    const bonds = new Map(sums.map(({ account, bonded }) => [account, BigInt(bonded)]));
    for (const [wallet, { bonded }] of wallets) expect([wallet, bonds.get(wallet) ?? 0n]).toEqual([wallet, bonded]);
  });

  it("keeps rewards that nobody has claimed on the contract's own account, delegate by delegate", async () => {
    const rows = await query<{ native_id: string; left: string }>(
      `select p.native_id, sum(s.delta)::text as left from stake_change s join provider p on p.id = s.provider_id
       where s.account = '${bondingManager}' group by p.native_id`,
    );
    const { pools } = foldBonds(readEntries());
    expect(rows.length).toBeGreaterThan(50);
    for (const { native_id: delegate, left } of rows) {
      const { rewarded = 0n, credited = 0n } = pools.get(delegate) ?? {};
      expect([delegate, BigInt(left)]).toEqual([delegate, rewarded - credited]);
    }
  });

  it('states bonds that the changes come to, each held against them', async () => {
    const [stated] = await query<{ count: number }>('select count(*) from balance_statement');
    expect(stated?.count).toBe(readEntries().filter(({ name }) => name === 'Bond').length);
    expect(await query('select * from anomaly')).toEqual([]);
    expect(
      await query('select p.height = c.height as done from conservation_progress p join chain c using (chain_id)'),
    ).toEqual([{ done: true }]);
  });

  it('names parameters whose value no recording has, as unknown', async () => {
    expect(await query('select name, value from parameter_change order by height')).toEqual([
      { name: 'unbondingPeriod', value: 'unknown' },
      { name: 'numActiveTranscoders', value: 'unknown' },
    ]);
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

/** Where the recorded contract keeps what belongs to no wallet yet. */
const bondingManager = '0x35bcf3c30594191d53231e4ff333e8a770453e40';

interface Bonds {
  readonly wallets: ReadonlyMap<string, { readonly delegate: string; readonly bonded: bigint }>;
  /** Each wallet's bond after each log that speaks of it, by the log's place in the file. */
  readonly steps: readonly { readonly position: number; readonly wallet: string; readonly bonded: bigint }[];
  readonly pools: ReadonlyMap<string, { readonly rewarded: bigint; readonly credited: bigint }>;
  readonly delegates: ReadonlyMap<string, { readonly stake: bigint; readonly rewarded: bigint }>;
  /** What is bonded without a delegate. */
  readonly ofNobody: bigint;
}

/**
 * Follows every wallet's bond from the file alone: who it is with and how much, by the amounts the contract states.
 * Shares no code and no arithmetic with the adapter, which adds signed movements.
 */
function foldBonds(entries: readonly Entry[]): Bonds {
  const none = `0x${'0'.repeat(40)}`;
  const wallets = new Map<string, { delegate: string; bonded: bigint }>();
  const steps: { position: number; wallet: string; bonded: bigint }[] = [];
  const pools = new Map<string, { rewarded: bigint; credited: bigint }>();
  const poolOf = (delegate: string) => {
    const found = pools.get(delegate) ?? { rewarded: 0n, credited: 0n };
    pools.set(delegate, found);
    return found;
  };
  for (const [position, { name, data }] of entries.entries()) {
    const at = (field: string) => (data[field] ?? '').toLowerCase();
    const amount = (field: string) => BigInt(data[field] ?? 0);
    const owner = name === 'TransferBond' ? at('newDelegator') : at('delegator');
    const { delegate, bonded } = wallets.get(owner) ?? { delegate: none, bonded: 0n };
    const set = (next: string, amountNow: bigint) => {
      wallets.set(owner, { delegate: next, bonded: amountNow });
      steps.push({ position, wallet: owner, bonded: amountNow });
    };
    const isMoved = amount('additionalAmount') > 0n || at('oldDelegate') !== at('newDelegate');
    if (name === 'Bond' && isMoved) set(at('newDelegate'), amount('bondedAmount'));
    if (name === 'Rebond') set(at('delegate'), bonded + amount('amount'));
    if (name === 'Unbond') set(at('delegate'), bonded - amount('amount'));
    if (name === 'TransferBond' || name === 'WithdrawStake') set(delegate, bonded);
    if (name === 'EarningsClaimed' && amount('rewards') > 0n) {
      set(delegate, bonded + amount('rewards'));
      poolOf(at('delegate')).credited += amount('rewards');
    }
    if (name === 'Reward') poolOf(at('transcoder')).rewarded += amount('amount');
  }
  return { wallets, steps, pools, ...foldDelegates(wallets, pools) };
}

/** A delegate's stake: what its wallets hold, and rewards not yet credited to any of them. */
function foldDelegates(
  wallets: Bonds['wallets'],
  pools: Bonds['pools'],
): { readonly delegates: Bonds['delegates']; readonly ofNobody: bigint } {
  const delegates = new Map<string, { stake: bigint; rewarded: bigint }>();
  let ofNobody = 0n;
  for (const { delegate, bonded } of wallets.values()) {
    if (BigInt(delegate) === 0n) {
      ofNobody += bonded;
      continue;
    }
    const { stake = 0n } = delegates.get(delegate) ?? {};
    delegates.set(delegate, { stake: stake + bonded, rewarded: 0n });
  }
  for (const [delegate, { rewarded, credited }] of pools) {
    const { stake = 0n } = delegates.get(delegate) ?? {};
    delegates.set(delegate, { stake: stake + rewarded - credited, rewarded });
  }
  return { delegates, ofNobody };
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
