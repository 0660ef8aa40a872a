import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { createPool } from '../../schema/database.js';
import type { Network } from '../../schema/protocols/protocols.js';
import { createContracts } from '../decode/createContracts.js';
import { createDecoder } from '../decode/createDecoder.js';
import { toFilter } from '../decode/toFilter.js';
import type { Runtime } from '../lib/runtime.js';
import type { ChainSource, FetchedRange } from '../source/ChainSource.js';
import type { EndpointPool } from '../source/endpoints/EndpointPool.js';
import { interpretLogs } from '../sync/interpretLogs.js';
import { createPostgresStore } from '../writer/createPostgresStore.js';
import { registerNetworks } from '../writer/registerNetworks.js';
import type { Cursor, StoredHeader } from '../writer/Store.js';
import type { ReadCosts } from './predictRequests.js';

/** What the writer was seen to take for each event, on this machine and this database. */
export interface WriterCosts {
  /** In this process: from logs to the bytes of rows. */
  readonly prepareSecondsPerEvent: number;
  /** In the database, while the next batch is prepared. */
  readonly writeSecondsPerEvent: number;
  /** When the past is written: indexes that were put off. */
  readonly endSecondsPerEvent: number;
  readonly diskBytesPerEvent: number;
  readonly reads: ReadCosts;
}

/**
 * Writes the samples into tables of the same make in a schema of their own, which is dropped again: how long rows and
 * indexes of these very events are, and how fast they are written, is known by nothing else. Undefined without logs.
 */
export async function tryWriter(options: {
  readonly databaseUrl: string;
  readonly chainId: number;
  readonly networks: readonly Network[];
  readonly source: ChainSource;
  /** Those of the source, by which its reads are counted. */
  readonly endpoints: Pick<EndpointPool, 'listScores'>;
  readonly runtime: Runtime;
  /** Ascending. */
  readonly ranges: readonly FetchedRange[];
}): Promise<WriterCosts | undefined> {
  const schema = `plan_${randomBytes(6).toString('hex')}`;
  const owner = createPool(options.databaseUrl, { role: 'plan', max: 1 });
  const pool = createPool(options.databaseUrl, { role: 'plan', max: 4, options: `-c search_path=${schema}` });
  try {
    await copyTables(owner, schema);
    const before = await measureSize(owner, schema);
    const written = await writeAll(pool, options);
    if (written.events === 0) return undefined;
    const diskBytes = (await measureSize(owner, schema)) - before;
    // The first batch compiles code and fills caches, as later ones do not.
    const timed = written.batches.length > 1 ? written.batches.slice(1) : written.batches;
    const events = timed.reduce((sum, batch) => sum + batch.events, 0);
    return {
      prepareSecondsPerEvent: timed.reduce((sum, batch) => sum + batch.prepareSeconds, 0) / Math.max(1, events),
      writeSecondsPerEvent: timed.reduce((sum, batch) => sum + batch.writeSeconds, 0) / Math.max(1, events),
      endSecondsPerEvent: written.endSeconds / written.events,
      diskBytesPerEvent: diskBytes / written.events,
      reads: toReadCosts(written.batches),
    };
  } finally {
    await pool.end();
    await owner.query(`drop schema if exists ${schema} cascade`);
    await owner.end();
  }
}

async function copyTables(owner: pg.Pool, schema: string): Promise<void> {
  await owner.query(`create schema ${schema}`);
  const { rows } = await owner.query<{ name: string }>(`select relname as name from pg_class where ${isCopied}`);
  for (const { name } of rows) {
    await owner.query(`create table ${schema}.${name} (like public.${name} including all excluding indexes)`);
  }
  // By their own names, for the writer puts some off until the past is written.
  const { rows: indexes } = await owner.query<{ definition: string }>(
    `select pg_get_indexdef(indexrelid) as definition from pg_index join pg_class on pg_class.oid = indrelid where ${isCopied}`,
  );
  for (const { definition } of indexes) await owner.query(definition.replace(' ON public.', ` ON ${schema}.`));
}

/** Partitioned tables hold readings, which no writer of facts touches. */
const isCopied = `relnamespace = 'public'::regnamespace and relkind = 'r' and not relispartition and relname <> 'migrations'`;

async function measureSize(owner: pg.Pool, schema: string): Promise<number> {
  const { rows } = await owner.query<{ size: string }>(
    `select coalesce(sum(pg_total_relation_size(c.oid)), 0) as size
     from pg_class c where c.relkind = 'r' and c.relnamespace = $1::regnamespace`,
    [schema],
  );
  return Number(rows[0]?.size ?? 0);
}

async function writeAll(
  pool: pg.Pool,
  { chainId, networks, source, endpoints, runtime, ranges }: Parameters<typeof tryWriter>[0],
): Promise<{ readonly events: number; readonly batches: readonly TriedBatch[]; readonly endSeconds: number }> {
  const store = createPostgresStore({ pool, chainId, runtime });
  await registerNetworks(pool, { chainId, genesisHash: `0x${'0'.repeat(64)}`, networks });
  const lease = await store.acquireLease('plan', 600_000);
  if (!lease) throw new Error('Assertion failed: nobody else knows this schema');
  const contracts = createContracts(networks);
  await store.recordPhase(lease, 'backfill');
  const interpreter = { contracts, decode: createDecoder(contracts), source, store };
  let after: Cursor | undefined;
  const batches: TriedBatch[] = [];
  for (const range of ranges) {
    const asked = countAsked(endpoints);
    const begun = runtime.now();
    const filter = toFilter(contracts, networks);
    const headers = toHeaders(range);
    const times = new Map(headers.map(({ height, time }) => [height, time]));
    // Contracts that samples announce are sampled with the others, if at all.
    const interpreted = await interpretLogs(range.logs, {
      ...interpreter,
      filter,
      timeOf: (height) => times.get(height),
      fetchMissing: async () => [],
    });
    const read = countAsked(endpoints);
    const last = range.headers.at(-1);
    if (!last) continue;
    const interpretedAt = runtime.now();
    const prepared = await store.prepare({
      ...interpreted,
      ...{ from: range.from, coarse: true, after, last, headers },
      verified: [{ from: range.from, to: range.to, level: range.level }],
    });
    const preparedAt = runtime.now();
    await store.write(lease, prepared);
    batches.push({
      events: interpreted.logs.length,
      prepareSeconds: (preparedAt - (read.requests > asked.requests ? interpretedAt : begun)) / 1000,
      writeSeconds: (runtime.now() - preparedAt) / 1000,
      requests: read.requests - asked.requests,
      calls: read.calls - asked.calls,
      bytes: read.bytes - asked.bytes,
    });
    after = { height: last.height, hash: last.hash };
  }
  const writtenAt = runtime.now();
  await store.recordPhase(lease, 'live');
  return {
    events: batches.reduce((sum, batch) => sum + batch.events, 0),
    batches,
    endSeconds: (runtime.now() - writtenAt) / 1000,
  };
}

/** Waiting for reads is no preparing: then only what follows them counts. */
interface TriedBatch extends Asked {
  readonly events: number;
  readonly prepareSeconds: number;
  readonly writeSeconds: number;
}

interface Asked {
  readonly requests: number;
  readonly calls: number;
  readonly bytes: number;
}

function countAsked(endpoints: Pick<EndpointPool, 'listScores'>): Asked {
  return endpoints.listScores().reduce(
    (sum, score) => ({
      requests: sum.requests + score.requests,
      calls: sum.calls + score.calls,
      bytes: sum.bytes + score.bytes,
    }),
    { requests: 0, calls: 0, bytes: 0 },
  );
}

function toReadCosts(batches: readonly TriedBatch[]): ReadCosts {
  const add = (key: keyof TriedBatch) => batches.reduce((sum, batch) => sum + batch[key], 0);
  const events = Math.max(1, add('events'));
  // The first batch with reads asks for more: whether calls can be bundled at all.
  const reading = batches.filter(({ calls }) => calls > 0).slice(1);
  // Requests that are full say how many calls there are, not how many must wait for each other.
  const short = reading.filter(({ calls }) => calls <= CALLS_PER_REQUEST);
  const requests = short.reduce((sum, batch) => sum + batch.requests, 0);
  return {
    callsPerEvent: add('calls') / events,
    bytesPerEvent: add('bytes') / events,
    waves: short.length > 0 ? requests / short.length : Math.min(1, reading.length),
  };
}

const CALLS_PER_REQUEST = 100;

function toHeaders(range: FetchedRange): readonly StoredHeader[] {
  const wanted = new Set(range.logs.map(({ height }) => height)).add(range.to);
  const headers = new Map<number, StoredHeader>();
  for (const header of range.headers) if (wanted.has(header.height)) headers.set(header.height, header);
  for (const [height, block] of range.times) {
    if (wanted.has(height) && !headers.has(height)) headers.set(height, { height, ...block });
  }
  return [...headers.values()].sort((one, other) => one.height - other.height);
}
