import type pg from 'pg';
import { RetryableError } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import type { Network } from '../../schema/protocols/protocols.js';
import { createDecoder } from '../decode/createDecoder.js';
import { createBackoff, pause } from '../lib/backoff.js';
import type { Source } from '../source/Source.js';
import type { Cursor } from '../writer/Batch.js';
import { CursorMovedError, findCursor } from '../writer/cursor.js';
import { rollBack } from '../writer/rollBack.js';
import { writeBatch } from '../writer/writeBatch.js';
import { adaptLogs } from './adaptLogs.js';
import { recordHead, recordPhase } from './chainStatus.js';
import { fetchRange } from './fetchRange.js';
import { findAncestor, hasLeft } from './findAncestor.js';
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
        if (thrown instanceof RetryableError) chain.shrink();
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
  let events = 0;

  async function step(): Promise<Outcome> {
    const head = await source.getHead();
    await recordHead(pool, chainId, head, await source.findFinalizedHeight());
    const cursor = await findCursor(pool, chainId);
    if (cursor && head.height <= cursor.height && (await hasLeft(pool, source, { chainId, headHeight: head.height }))) {
      return heal(cursor, head.height);
    }
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
    if (cursor && fetched.first.parentHash !== cursor.hash) return heal(cursor, head.height);
    const adapted = await adaptLogs(fetched.logs, { decode, source });
    await writeBatch(pool, { chainId, from: range.from, after: cursor, ...fetched, ...adapted });
    size.grow();
    events += adapted.logs.length;
    options.onProgress?.({ chainId, height: fetched.last.height, headHeight: head.height, events });
    return 'advanced';
  }

  async function heal(cursor: Cursor, headHeight: number): Promise<Outcome> {
    const height = await findAncestor(pool, source, {
      chainId,
      below: Math.min(cursor.height, headHeight + 1),
    });
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

/**
 * What passes: the source's own outages; a database that goes away, is full or read-only for now (SQLSTATE classes 08,
 * 53 and 57P, 25006), or had to end one of two transactions (40001, 40P01); a socket or a name that fails.
 */
function isOutage(thrown: unknown): thrown is Error {
  if (thrown instanceof RetryableError) return true;
  if (!(thrown instanceof Error)) return false;
  const code = String((thrown as { code?: unknown }).code ?? '');
  return passingCodes.test(code) || lostConnection.test(thrown.message);
}

const passingCodes = /^(08...|53...|57P..|25006|40001|40P01|E(CONN|PIPE|HOST|NET|AI_AGAIN|TIMEDOUT|NOTFOUND).*)$/;

/** pg has no code for a connection that ended under a query. */
const lostConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/;
