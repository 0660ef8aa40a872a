import pg from 'pg';
import { toNounId } from '../../schema/lib/ids.js';

/** Rows by table, as Postgres takes them; builders below fill in what a test does not care about. */
export type Seed = Readonly<Record<string, readonly Row[]>>;
export type Row = Readonly<Record<string, unknown>>;

export async function seed(url: string, tables: Seed): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const [table, rows] of Object.entries(tables)) {
      for (const row of rows) {
        const columns = Object.keys(row);
        await client.query(
          `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
          Object.values(row),
        );
      }
    }
  } finally {
    await client.end();
  }
}

/** Runs one statement as the owner of the database. */
export function execute(url: string, statement: string): Promise<void> {
  return withClient(url, async (client) => {
    await client.query(statement);
  });
}

export async function withClient(url: string, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

export const devnet = { id: 31_337, network: 'iexec-devnet' } as const;
export const recorded = { id: 1_000_000_042_161, network: 'livepeer-recorded' } as const;

export const address = (digit: string) => `0x${digit.repeat(40)}`;
export const hash = (digit: string) => Buffer.from(digit.repeat(64), 'hex');
export const at = (minute: number) => new Date(Date.UTC(2026, 0, 10, 12, minute));
export const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1_000);
/** Days are counted from here, so that a run across midnight sees the same ones from start to end. */
const started = new Date();

/** Noon of the UTC day so many days back. */
export function daysAgo(days: number): Date {
  const date = new Date(started);
  date.setUTCHours(12, 0, 0, 0);
  date.setUTCDate(date.getUTCDate() - days);
  return date;
}
export const toDay = (date: Date) => date.toISOString().slice(0, 10);

/** When the test chain was last read up to: lately, or it would be stale. */
export const written = secondsAgo(40);

export const chainRow = (row: Row = {}): Row => ({
  chain_id: devnet.id,
  name: 'devnet',
  recorded: false,
  phase: 'live',
  height: 100,
  block_hash: hash('a'),
  block_time: written,
  head_height: 103,
  head_time: new Date(written.getTime() + 15_900),
  finalized_height: 90,
  seen_at: new Date(),
  ...row,
});

export const recordedChainRow = (row: Row = {}): Row =>
  chainRow({
    chain_id: recorded.id,
    name: 'Arbitrum One (recorded)',
    recorded: true,
    phase: 'complete',
    head_height: 100,
    seen_at: secondsAgo(86_400),
    ...row,
  });

const everything = { jobs: true, nodes: true, payout: true, price: true, stake: true, verification: true };

export const networkRow = (row: Row = {}): Row => ({
  id: devnet.network,
  chain_id: devnet.id,
  protocol: 'iexec',
  title: 'iExec on the devnet',
  summary: 'Off-chain computing.',
  recorded: false,
  notice: 'Tokens without value.',
  capabilities: everything,
  work_token: `${devnet.network}:rlc`,
  stake_token: `${devnet.network}:rlc`,
  ...row,
});

/** A protocol that records stake alone. */
export const recordedNetworkRow = (row: Row = {}): Row =>
  networkRow({
    id: recorded.network,
    chain_id: recorded.id,
    protocol: 'livepeer',
    title: 'Livepeer, recorded',
    recorded: true,
    capabilities: {
      ...Object.fromEntries(Object.keys(everything).map((name) => [name, `${name} are settled off chain.`])),
      stake: true,
    },
    work_token: null,
    stake_token: `${recorded.network}:lpt`,
    ...row,
  });

export const tokenRow = (row: Row = {}): Row => ({
  id: `${devnet.network}:rlc`,
  network_id: devnet.network,
  symbol: 'RLC',
  decimals: 9,
  address: Buffer.from('e649e6a1f2afc63ca268c2363691cecaf75cf47c', 'hex'),
  ...row,
});

export const recordedTokenRow = (row: Row = {}): Row =>
  tokenRow({ id: `${recorded.network}:lpt`, network_id: recorded.network, symbol: 'LPT', decimals: 18, ...row });

export const id = (nativeId: string) => toNounId(devnet.network, nativeId);
export const recordedId = (nativeId: string) => toNounId(recorded.network, nativeId);

export const providerRow = (nativeId: string, row: Row = {}): Row => ({
  id: toNounId(String(row.network_id ?? devnet.network), nativeId),
  network_id: devnet.network,
  chain_id: devnet.id,
  native_id: nativeId,
  height: 10,
  time: at(0),
  last_height: 20,
  last_time: at(10),
  ...row,
});

export const jobRow = (nativeId: string, row: Row = {}): Row => ({
  id: id(nativeId),
  network_id: devnet.network,
  chain_id: devnet.id,
  native_id: nativeId,
  status: 'open',
  volume: 1,
  height: 10,
  time: at(0),
  ...row,
});

export const taskRow = (nativeId: string, row: Row): Row => ({
  id: id(nativeId),
  network_id: devnet.network,
  chain_id: devnet.id,
  native_id: nativeId,
  position: 0,
  status: 'pending',
  height: 10,
  ...row,
});

export const nodeRow = (nativeId: string, row: Row = {}): Row => ({
  id: id(nativeId),
  network_id: devnet.network,
  chain_id: devnet.id,
  native_id: nativeId,
  height: 10,
  time: at(0),
  ...row,
});

/** Any table whose rows stem from a log. */
const logRow = (height: number, row: Row): Row => ({
  chain_id: devnet.id,
  height,
  log_index: 0,
  time: at(height),
  ...row,
});

export const stepRow = (height: number, row: Row): Row => logRow(height, { tx_hash: hash('b'), ...row });

export const attemptRow = logRow;

export const verificationRow = (height: number, row: Row): Row =>
  logRow(height, { network_id: devnet.network, mechanism: 'consensus', result: 'accepted', ...row });

export const payoutRow = (height: number, row: Row = {}): Row =>
  logRow(height, {
    network_id: devnet.network,
    recipient: address('1'),
    role: 'worker',
    for_work: !['bonus', 'penalty', 'withdrawal'].includes(String(row.role)),
    token: `${devnet.network}:rlc`,
    amount: '1',
    tx_hash: hash('c'),
    ...row,
  });

export const stakeChangeRow = (height: number, row: Row = {}): Row =>
  logRow(height, {
    network_id: devnet.network,
    account: address('1'),
    kind: 'locked',
    token: `${devnet.network}:rlc`,
    amount: '1',
    delta: '1',
    tx_hash: hash('d'),
    ...row,
  });

export const eventRow = (height: number, row: Row = {}): Row =>
  logRow(height, {
    tx_index: 0,
    block_hash: hash('a'),
    tx_hash: hash('e'),
    network_id: devnet.network,
    address: Buffer.from('11'.repeat(20), 'hex'),
    topics: [hash('f')],
    data: Buffer.alloc(0),
    name: 'OrdersMatched',
    kind: 'jobCreated',
    args: {},
    ...row,
  });

export const networkDeltaRow = (height: number, row: Row): Row => ({
  chain_id: devnet.id,
  height,
  network_id: devnet.network,
  ...row,
});

export const quarantineRow = (height: number, row: Row = {}): Row =>
  logRow(height, {
    block_hash: hash('a'),
    tx_hash: hash('e'),
    network_id: devnet.network,
    address: Buffer.from('11'.repeat(20), 'hex'),
    topics: [hash('f')],
    data: Buffer.alloc(0),
    stage: 'decode',
    reason: 'unknown topic',
    ...row,
  });

export const anomalyRow = (height: number, row: Row = {}): Row =>
  logRow(height, {
    network_id: devnet.network,
    rule: 'spending',
    subject: `${devnet.network}:rlc`,
    token: `${devnet.network}:rlc`,
    expected: '5000000000',
    got: '4000000000',
    tx_hash: hash('c'),
    ...row,
  });

/** Both networks, their chains and tokens, and nothing in them. */
export const emptyNetworks: Seed = {
  chain: [chainRow(), recordedChainRow()],
  network: [networkRow(), recordedNetworkRow()],
  token: [tokenRow(), recordedTokenRow()],
};
