import type pg from 'pg';
import type { ChainRow } from '../domains/chain/chainQueries.js';
import { chainsSql } from '../domains/chain/chainsSql.js';
import { connect, isLost, toStatementError } from './statements.js';

/** A snapshot that answers share, for as long as its keeper holds the transaction that it is of. */
export interface Generation {
  /** Rejects while the database is out of reach. */
  readonly opened: Promise<Opened>;
}

export interface Opened {
  /** By which other connections see the same. */
  readonly snapshotId: string;
  /** How far the facts had come. */
  readonly chains: readonly ChainRow[];
}

export interface Generations {
  /** The current one; each that is taken is left again. */
  take(): Generation;
  leave(generation: Generation): void;
  /** Another user of one that is taken. */
  join(generation: Generation): void;
  /** The one that would be taken; undefined: the next answer opens one. */
  getCurrent(): Generation | undefined;
  /** Something was written: whoever takes one from now on sees it. */
  supersede(): void;
  /** The snapshot cannot be joined any more. */
  lose(generation: Generation): void;
  close(): Promise<void>;
}

interface Kept extends Generation {
  readonly openedAt: number;
  users: number;
  isSuperseded: boolean;
  readonly onBreak: () => void;
  keeper?: pg.PoolClient;
  timer?: NodeJS.Timeout;
}

/** At most `max` stand beside each other: then the newest is shared, whatever was written since. */
export function createGenerations(
  pool: pg.Pool,
  { maxAgeMs, max }: { readonly maxAgeMs: number; readonly max: number },
): Generations {
  const standing = new Set<Kept>();
  let latest: Kept | undefined;

  function isCurrent(kept: Kept): boolean {
    return !kept.isSuperseded && performance.now() - kept.openedAt < maxAgeMs;
  }

  function begin(): Kept {
    const kept: Kept = {
      opened: keep(),
      openedAt: performance.now(),
      users: 0,
      isSuperseded: false,
      onBreak: () => end(kept, true),
    };
    standing.add(kept);
    kept.opened.catch(() => end(kept));
    return kept;

    async function keep(): Promise<Opened> {
      const keeper = await connect(pool);
      try {
        const opened = await openKeeper(keeper);
        // Until now a failure was the statement's.
        keeper.once('end', kept.onBreak);
        kept.keeper = keeper;
        return opened;
      } catch (thrown) {
        keeper.release(isLost(thrown));
        throw toStatementError(thrown, BEGIN);
      }
    }
  }

  /** The connection goes back with its transaction, which ends when it is used again or has been idle for too long. */
  function end(kept: Kept, isBroken = false): void {
    if (!standing.delete(kept)) return;
    clearTimeout(kept.timer);
    if (latest === kept) latest = undefined;
    kept.keeper?.off('end', kept.onBreak).release(isBroken);
  }

  function endIfUnused(kept: Kept): void {
    if (kept.users > 0 || !standing.has(kept)) return;
    const restMs = isCurrent(kept) ? kept.openedAt + maxAgeMs - performance.now() : 0;
    clearTimeout(kept.timer);
    if (restMs > 0) {
      kept.timer = setTimeout(endIfUnused, restMs, kept).unref();
      return;
    }
    if (kept.keeper) end(kept);
    // One that is still being opened may have a user again by then.
    else
      kept.opened.then(
        () => endIfUnused(kept),
        () => undefined,
      );
  }

  return {
    take() {
      if (!latest || (!isCurrent(latest) && standing.size < max)) latest = begin();
      latest.users += 1;
      return latest;
    },
    leave(generation) {
      const kept = generation as Kept;
      kept.users -= 1;
      endIfUnused(kept);
    },
    join(generation) {
      (generation as Kept).users += 1;
    },
    supersede() {
      if (!latest) return;
      latest.isSuperseded = true;
      endIfUnused(latest);
    },
    getCurrent: () => (latest && isCurrent(latest) ? latest : undefined),
    lose: (generation) => end(generation as Kept, true),
    async close() {
      await Promise.allSettled([...standing].map(({ opened }) => opened));
      for (const kept of standing) end(kept, true);
    },
  };
}

/** Ends what the connection held before; outside of a transaction that is no error. */
export const BEGIN = 'rollback; begin isolation level repeatable read read only';

/** All in one round trip. */
async function openKeeper(keeper: pg.PoolClient): Promise<Opened> {
  const answers = await keeper.query(`${BEGIN}; select pg_export_snapshot() as id; ${chainsSql}`);
  // Of several statements pg gives the answers as a list.
  const [exported, chains] = (answers as unknown as pg.QueryResult[]).slice(-2) as [
    pg.QueryResult<{ id: string }>,
    pg.QueryResult<ChainRow>,
  ];
  const [row] = exported.rows;
  if (!row) throw new Error('Expected the id of a snapshot, got no row.');
  return { snapshotId: row.id, chains: chains.rows };
}
