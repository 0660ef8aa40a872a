import type pg from 'pg';
import { assert } from '../../schema/lib/assert.js';
import { RetryableError } from '../../schema/lib/errors.js';
import { toHex } from '../../schema/lib/hex.js';
import type { AdaptedLog } from '../events/logs.js';
import type { Runtime } from '../lib/runtime.js';
import { commitBatch } from './commitBatch.js';
import { findReads } from './contractReads.js';
import { findCursor, findFinalHeight } from './cursor.js';
import { findDigest } from './findDigest.js';
import { findRefused } from './findRefused.js';
import { acquireLease, releaseLease } from './lease.js';
import { isDuplicate, isRefusal, withOutages } from './outage.js';
import { type Content, prepareBatch } from './prepareBatch.js';
import { createRows, type Rows } from './Rows.js';
import { buildIndexes, recordHead, recordPhase } from './recordStatus.js';
import { rollBack } from './rollBack.js';
import type { BlockKey, ContractRow, Lease, PreparedBatch, Store } from './Store.js';
import { createWriterState, type WriterState } from './WriterState.js';

export interface PostgresStoreOptions {
  readonly pool: pg.Pool;
  readonly chainId: number;
  readonly runtime: Runtime;
  /** Nouns that are remembered between batches, of each kind in each network; others are looked up again. */
  readonly cacheSize?: number;
}

/**
 * A chain's facts in Postgres. A batch is turned into bytes while the one before it is written; when Postgres refuses
 * a value of it, the logs at fault are put into quarantine, and it and what was prepared after it are prepared again.
 */
export function createPostgresStore(options: PostgresStoreOptions): Store {
  const { pool, chainId, runtime, cacheSize = 40_000 } = options;
  const spare: Rows[] = [];
  let work = createWork();
  let indexed = false;

  interface Prepared extends PreparedBatch {
    readonly of: Work;
    content: Content | undefined;
    readonly refused: Map<AdaptedLog, string>;
  }

  /** What is thrown away as a whole by `forget`. */
  interface Work {
    state: WriterState;
    /** Prepared and not written, in order. */
    readonly waiting: Prepared[];
    distrust: boolean;
    /** The preparing that is under way; one at a time. */
    turn: Promise<unknown>;
  }

  function createWork(): Work {
    return { state: createState(), waiting: [], distrust: false, turn: Promise.resolve() };
  }

  function createState(): WriterState {
    return createWriterState({ cacheSize, findDigest: (at) => findDigest(pool, chainId, at) });
  }

  function takeTurn<T>(of: Work, job: () => Promise<T>): Promise<T> {
    const turn = of.turn.then(job);
    of.turn = turn.catch(() => undefined);
    return turn;
  }

  async function fill(prepared: Prepared): Promise<void> {
    const { of, batch, refused } = prepared;
    const rows = spare.pop() ?? createRows();
    prepared.content = await prepareBatch(batch, {
      ...{ pool, chainId, rows, refused, turn: runtime.turn },
      state: of.state,
      distrust: of.distrust,
    });
  }

  /** The memory of the rows serves the next batch. */
  function empty(prepared: Prepared): void {
    if (!prepared.content) return;
    for (const rows of Object.values(prepared.content.rows)) rows.clear();
    spare.push(prepared.content.rows);
    prepared.content = undefined;
  }

  /** Everything that waits, once more from what is stored. */
  function prepareAgain(of: Work): Promise<void> {
    return takeTurn(of, async () => {
      of.state = createState();
      for (const prepared of of.waiting) {
        empty(prepared);
        await fill(prepared);
      }
    });
  }

  async function indexLarge({ content }: Prepared): Promise<void> {
    if (indexed || (content?.digest.rows ?? 0) < MAX_ROWS_UNINDEXED) return;
    await buildIndexes(pool);
    indexed = true;
  }

  async function commit(lease: Lease, prepared: Prepared): Promise<void> {
    const { batch, of, refused } = prepared;
    for (let attempt = 1; ; attempt++) {
      assert(prepared.content, 'a batch is written once');
      try {
        return await commitBatch({ pool, chainId, runtime, lease, batch, content: prepared.content });
      } catch (thrown) {
        if (!isRefusal(thrown) || attempt > MAX_ATTEMPTS) throw thrown;
        if (isDuplicate(thrown) && !of.distrust) of.distrust = true;
        else {
          const found = await findRefused({ pool, chainId, lease, batch, refused });
          if (found.size === 0) throw thrown;
          for (const [log, reason] of found) refused.set(log, reason);
        }
        await prepareAgain(of);
      }
    }
  }

  return {
    acquireLease: (holder, forMs) => withOutages(() => acquireLease(pool, chainId, { holder, forMs })),
    releaseLease: (lease) => withOutages(() => releaseLease(pool, chainId, lease)),
    findCursor: () => withOutages(() => findCursor(pool, chainId)),
    findFinalHeight: () => withOutages(() => findFinalHeight(pool, chainId)),
    listBlocks: (page) => withOutages(() => listBlocks(pool, chainId, page)),
    listContracts: () => withOutages(() => listContracts(pool, chainId)),
    findReads: (keys) => withOutages(() => findReads(pool, chainId, keys)),
    prepare(batch) {
      const of = work;
      const prepared: Prepared = { batch, of, content: undefined, refused: new Map() };
      return withOutages(() =>
        takeTurn(of, async () => {
          await fill(prepared);
          of.waiting.push(prepared);
          return prepared;
        }),
      );
    },
    async write(lease, given) {
      const prepared = given as Prepared;
      const { of } = prepared;
      if (of !== work) throw new RetryableError('The batch was prepared before something failed; prepare it again.');
      assert(of.waiting[0] === prepared, 'batches are written in the order they are prepared');
      return withOutages(async () => {
        await indexLarge(prepared);
        await commit(lease, prepared);
        of.waiting.shift();
        of.state.noteStored();
        empty(prepared);
      });
    },
    async rollBack(lease, { from, height }) {
      work = createWork();
      return withOutages(() => rollBack(pool, chainId, { lease, from, height }));
    },
    forget() {
      work = createWork();
    },
    recordHead: (lease, head) => withOutages(() => recordHead(pool, chainId, lease, head)),
    recordPhase: (lease, phase, reason) => withOutages(() => recordPhase(pool, chainId, lease, { phase, reason })),
  };
}

/** Facts that readers may have to look through without indexes, in a backfill that takes long; about 2 million events. */
const MAX_ROWS_UNINDEXED = 5_000_000;

/** A batch is prepared again for each kind of fault, and rarely shows more than one. */
const MAX_ATTEMPTS = 5;

async function listBlocks(
  pool: pg.Pool,
  chainId: number,
  { below, limit }: { readonly below: number; readonly limit: number },
): Promise<readonly BlockKey[]> {
  const { rows } = await pool.query<{ height: number; hash: Buffer }>(
    'select height, hash from block where chain_id = $1 and height < $2 order by height desc limit $3',
    [chainId, below, limit],
  );
  return rows.map(({ height, hash }) => ({ height, hash: toHex(hash) }));
}

async function listContracts(pool: pg.Pool, chainId: number): Promise<readonly ContractRow[]> {
  const { rows } = await pool.query(
    `select address, network_id, role, height, log_index from contract where chain_id = $1
     order by height, log_index, address, network_id`,
    [chainId],
  );
  return rows.map(({ address, network_id, role, height, log_index }) => ({
    ...{ address: toHex(address), networkId: network_id, role, height, logIndex: log_index },
  }));
}
