import type pg from 'pg';
import { toHex } from '../../schema/lib/hex.js';
import { type Digest, DigestSum, toLeaf } from './digest.js';

/**
 * The digest of everything stored up to a height, from the tables themselves, row by row. Equals what the block at
 * that height bears; an audit compares the two.
 */
export async function rescanDigest(pool: pg.Pool, chainId: number, height = Number.MAX_SAFE_INTEGER): Promise<Digest> {
  const client = await pool.connect();
  const sum = new DigestSum();
  let broken: Error | undefined;
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    for (const source of sources) await addTable(client, source, { chainId, height, sum });
    await client.query('commit');
    return sum.snapshot();
  } catch (thrown) {
    broken = thrown as Error;
    throw thrown;
  } finally {
    client.release(broken);
  }
}

type Row = Readonly<Record<string, unknown>>;

interface DigestSource {
  readonly table: string;
  /** Of the height that the row came with. */
  readonly height: string;
  readonly columns: readonly string[];
  readonly toKey: (row: Row) => string;
  /** Read for the key only. */
  readonly keys: readonly string[];
}

async function addTable(
  client: pg.ClientBase,
  source: DigestSource,
  { chainId, height, sum }: { readonly chainId: number; readonly height: number; readonly sum: DigestSum },
): Promise<void> {
  const names = [...new Set([...source.keys, ...source.columns])];
  await client.query(
    `declare digest_rows no scroll cursor for
     select ${names.join(', ')} from ${source.table} where chain_id = $1 and ${source.height} <= $2`,
    [chainId, height],
  );
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${PAGE_ROWS} from digest_rows`);
    for (const row of rows) {
      const columns = Object.fromEntries(source.columns.map((name) => [name, row[name]]));
      sum.add(toLeaf(source.table, source.toKey(row), columns));
    }
    if (rows.length < PAGE_ROWS) break;
  }
  await client.query('close digest_rows');
}

const PAGE_ROWS = 5_000;

const byId = { height: 'height', keys: ['id'], toKey: (row: Row) => String(row.id) };
const byLog = {
  height: 'height',
  keys: ['chain_id', 'height', 'log_index'],
  toKey: (row: Row) => `${row.chain_id}-${row.height}-${row.log_index}`,
};
const byPart = {
  height: 'height',
  keys: [...byLog.keys, 'part'],
  toKey: (row: Row) => `${byLog.toKey(row)}-${row.part}`,
};
const noun = ['chain_id', 'height', 'native_id', 'network_id', 'time'];

/** The facts, and of the nouns what they were born with. */
const sources: readonly DigestSource[] = [
  {
    ...byLog,
    table: 'event',
    columns: [
      ...['address', 'args', 'block_hash', 'data', 'job_id', 'kind', 'name', 'network_id', 'node_id', 'provider_id'],
      ...['task_id', 'time', 'topics', 'tx_hash', 'tx_index'],
    ],
  },
  {
    ...byPart,
    table: 'job_step',
    columns: ['job_id', 'kind', 'node_id', 'provider_id', 'task_id', 'time', 'tx_hash'],
  },
  { ...byPart, table: 'attempt', columns: ['job_id', 'node_id', 'provider_id', 'task_id', 'time'] },
  {
    ...byPart,
    table: 'verification',
    columns: ['job_id', 'mechanism', 'network_id', 'node_id', 'provider_id', 'result', 'task_id', 'time'],
  },
  {
    ...byPart,
    table: 'payout',
    columns: [
      ...['amount', 'for_work', 'job_id', 'network_id', 'payer', 'provider_id', 'recipient', 'role', 'task_id', 'time'],
      ...['token', 'tx_hash'],
    ],
  },
  {
    ...byPart,
    table: 'stake_change',
    columns: [
      ...['account', 'amount', 'delta', 'kind', 'network_id', 'node_id', 'provider_id', 'task_id', 'time', 'token'],
      'tx_hash',
    ],
  },
  {
    ...byPart,
    table: 'price',
    columns: [
      ...['amount', 'basis', 'job_id', 'network_id', 'node_id', 'provider_id', 'resource', 'scale', 'time', 'token'],
      'unit',
    ],
  },
  {
    ...byPart,
    table: 'escrow_change',
    columns: ['account', 'amount', 'delta', 'job_id', 'kind', 'network_id', 'subaccount', 'time', 'token', 'tx_hash'],
  },
  {
    ...byPart,
    table: 'balance_statement',
    columns: ['account', 'amount', 'kind', 'network_id', 'subaccount', 'time', 'token', 'tx_hash'],
  },
  { ...byPart, table: 'parameter_change', columns: ['name', 'network_id', 'time', 'tx_hash', 'value'] },
  {
    ...byPart,
    table: 'feed_answer',
    columns: [...['aggregator', 'answer', 'decimals', 'feed', 'network_id', 'phase', 'round_id', 'time', 'updated_at']],
  },
  {
    ...byLog,
    table: 'quarantine',
    columns: ['address', 'block_hash', 'data', 'network_id', 'reason', 'stage', 'time', 'topics', 'tx_hash'],
  },
  {
    table: 'contract',
    height: 'height',
    keys: ['chain_id', 'address', 'network_id'],
    toKey: (row) => `${row.chain_id}-${toHex(row.address as Buffer)}-${row.network_id}`,
    columns: ['height', 'log_index', 'role'],
  },
  { ...byId, table: 'provider', columns: noun },
  { ...byId, table: 'node', columns: noun },
  {
    ...byId,
    table: 'job',
    columns: [
      ...noun,
      ...['attributes', 'buyer', 'deadline', 'price', 'price_scale', 'price_token', 'price_unit', 'provider_price'],
      'volume',
    ],
  },
  { ...byId, table: 'task', columns: ['chain_id', 'height', 'job_id', 'native_id', 'network_id', 'position'] },
  {
    table: 'provider_version',
    height: 'height_from',
    keys: ['provider_id', 'height_from'],
    toKey: (row) => `${row.provider_id}@${row.height_from}`,
    columns: ['active', 'altered', 'chain_id', 'name', 'owner', 'terms', 'uri'],
  },
  {
    table: 'node_version',
    height: 'height_from',
    keys: ['node_id', 'height_from'],
    toKey: (row) => `${row.node_id}@${row.height_from}`,
    columns: [
      ...[
        'active',
        'altered',
        'chain_id',
        'gpu_count',
        'gpu_model',
        'provider_id',
        'region',
        'terms',
        'uri',
        'vram_mb',
      ],
    ],
  },
];
