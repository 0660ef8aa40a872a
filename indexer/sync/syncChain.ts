import type pg from 'pg';
import { RetryableError } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import type { Network } from '../../schema/protocols/protocols.js';
import { createDecoder } from '../decode/createDecoder.js';
import type { Header } from '../events/logs.js';
import { createBackoff, pause } from '../lib/backoff.js';
import type { Source } from '../source/Source.js';
import type { Cursor } from '../writer/Batch.js';
import { CursorMovedError, findCursor } from '../writer/cursor.js';
import { rollBack } from '../writer/rollBack.js';
import { writeBatch } from '../writer/writeBatch.js';
import { adaptLogs, type ReadCache } from './adaptLogs.js';
import { recordHead, recordPhase } from './chainStatus.js';
import { fetchRange } from './fetchRange.js';
import { findAncestor } from './findAncestor.js';
import { createRangeSize, planRange } from './planRange.js';

export interface SyncOptions {
  readonly chainId: number;
  readonly networks: readonly Network[];
  readonly source: Source;
  readonly pool: pg.Pool;
  readonly log: Log;
  readonly pollMs: number;
  readonly maxRangeBlocks: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly chainId: number;
  readonly height: number;
  readonly headHeight: number;
  readonly events: number;
}

/** Within this many blocks of the head every header is fetched and stored: there reorgs happen. */
const HEAD_WINDOW = 128;

/**
 * Follows one chain until the signal aborts, or until a recorded one is complete. An outage is retried for ever, a
 * chain without a common block left is halted, a bug is thrown.
 */
export async function syncChain(options: SyncOptions): Promise<void> {
  const { chainId, pool, log, signal } = options;
  const chain = createChain(options);
  const backoff = createBackoff({ firstMs: 250, maxMs: 15_000 });
  while (!signal.aborted) {
    try {
      const outcome = await chain.step();
      backoff.reset();
      if (outcome === 'complete' || outcome === 'halted') return;
      if (outcome === 'idle') await pause(options.pollMs, signal);
    } catch (thrown) {
      if (thrown instanceof CursorMovedError) {
        log.warn({ chainId }, `${thrown.message} Standing by.`);
      } else if (isOutage(thrown)) {
        chain.shrink();
        log.warn({ chainId, reason: thrown.message }, 'The source or the database is out of reach; trying again.');
        await recordPhase(pool, chainId, 'waiting', thrown.message).catch(() => undefined);
      } else {
        throw thrown;
      }
      await backoff.wait(signal);
    }
  }
}

type Outcome = 'advanced' | 'idle' | 'rolledBack' | 'complete' | 'halted';

function createChain(options: SyncOptions): { step(): Promise<Outcome>; shrink(): void } {
  const { chainId, networks, source, pool, log } = options;
  const decode = createDecoder(networks);
  const contracts = networks.flatMap((network) => network.definition.contracts);
  const addresses = [...new Set(contracts.map((contract) => contract.address))];
  const startHeight = Math.min(...contracts.map((contract) => contract.startBlock));
  const recorded = networks.every((network) => network.definition.recorded);
  const size = createRangeSize({ first: Math.min(500, options.maxRangeBlocks), max: options.maxRangeBlocks });
  const cache: ReadCache = new Map();
  let events = 0;

  async function step(): Promise<Outcome> {
    const head = await source.getHead();
    await recordHead(pool, chainId, head, await source.findFinalizedHeight());
    const cursor = await findCursor(pool, chainId);
    if (cursor && (await hasLeft(cursor, head))) return heal(cursor);
    const range = planRange({
      cursorHeight: cursor?.height,
      headHeight: head.height,
      startHeight,
      maxBlocks: size.blocks,
    });
    if (!range) {
      await recordPhase(pool, chainId, recorded ? 'complete' : 'live');
      return recorded ? 'complete' : 'idle';
    }
    const nearHead = range.to > head.height - HEAD_WINDOW;
    if (!nearHead) await recordPhase(pool, chainId, 'backfill');
    const fetched = await fetchRange(source, {
      range: nearHead ? { from: range.from, to: Math.min(range.to, range.from + HEAD_WINDOW - 1) } : range,
      addresses,
      everyHeader: nearHead,
    });
    if (cursor && fetched.first.parentHash !== cursor.hash) return heal(cursor);
    const adapted = await adaptLogs(fetched.logs, { decode, source, cache });
    await writeBatch(pool, { chainId, from: range.from, after: cursor, ...fetched, ...adapted });
    size.grow();
    events += adapted.logs.length;
    options.onProgress?.({ chainId, height: fetched.last.height, headHeight: head.height, events });
    return 'advanced';
  }

  /** A head below the cursor may only be a node that lags: it is a reorg only if that node has another block there. */
  async function hasLeft(cursor: Cursor, head: Header): Promise<boolean> {
    if (head.height > cursor.height) return false;
    if (head.height === cursor.height) return head.hash !== cursor.hash;
    const ancestor = await findAncestor(pool, source, { chainId, below: head.height + 1 });
    const { rows } = await pool.query<{ top: number | null }>(
      'select max(height) as top from block where chain_id = $1 and height <= $2',
      [chainId, head.height],
    );
    return ancestor !== (rows[0]?.top ?? undefined);
  }

  async function heal(cursor: Cursor): Promise<Outcome> {
    const height = await findAncestor(pool, source, { chainId, below: cursor.height });
    if (height === undefined) {
      const reason = `No block of the source at or below ${cursor.height} is one of ours: its history was replaced. Point RPC_URLS at the same chain, or start anew with --reset.`;
      log.error({ chainId }, reason);
      await recordPhase(pool, chainId, 'halted', reason);
      return 'halted';
    }
    await rollBack(pool, { chainId, from: cursor, height });
    log.info(
      { chainId, from: cursor.height, to: height },
      'The chain was reorganised; rolled back to the common block.',
    );
    return 'rolledBack';
  }

  return { step, shrink: () => size.shrink() };
}

/** The source's own outages, and a database that goes away: SQLSTATE class 08 and 57P, or a broken socket. */
function isOutage(thrown: unknown): thrown is Error {
  if (thrown instanceof RetryableError) return true;
  const code = String((thrown as { code?: unknown } | null)?.code ?? '');
  return (
    thrown instanceof Error &&
    (/^(08|57P)/.test(code) || /^E(CONN|PIPE|HOST|TIMEDOUT)/.test(code) || lostConnection.test(thrown.message))
  );
}

/** pg has no code for a connection that ended under a query. */
const lostConnection = /^Connection terminated|^timeout exceeded when trying to connect/;
