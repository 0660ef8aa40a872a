import { createGenerations, type Generation } from './createGenerations.js';
import { createNames } from './createNames.js';
import { listenForWrites, type Notice } from './listenForWrites.js';
import { openSnapshot, type Snapshot } from './openSnapshot.js';
import { ask, connect, createReadPool, isLost, toStatementError } from './statements.js';

/** A door to Postgres: one read-only statement at a time. */
export interface Database {
  /** Throws `RetryableError` while the database is out of reach, `QueryTimeout` when a statement takes too long. */
  query<Row>(sql: string, parameters?: readonly unknown[], options?: StatementOptions): Promise<Row[]>;
}

export interface StatementOptions {
  /** For a statement that is worth less time than others: only within a snapshot. */
  readonly timeoutMs?: number;
  /** It finds rows by keys, by an index whatever the keys are: how it is run need not be thought over each time, and it has no `timeoutMs`. */
  readonly isKeyed?: boolean;
}

/** `query` sees what is there now; an answer of more than one statement needs a snapshot. */
export interface SnapshotDatabase extends Database {
  /** Costs nothing until something is asked of it. Whoever opens it releases it. */
  open(): Snapshot;
  /** What the next snapshot would be of, where it is shared. */
  getCurrent(): Generation | undefined;
  /** Calls whenever something was written, or may have been, once snapshots see it; ends with what it returns. */
  watch(onWrite: (notice?: Notice) => void): () => void;
  /** Something was written, as somebody else has heard: snapshots that are opened from now on see it. */
  supersede(): void;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** For how long a snapshot is shared, unless a block is written; 0: each that is opened is one of its own. */
  readonly maxAgeMs: number;
}

export function createDatabase({ url, maxAgeMs }: DatabaseOptions): SnapshotDatabase {
  const statements = createReadPool(url, { role: 'api' });
  const keyed = createReadPool(url, { role: 'api-keyed', plans: 'generic' });
  const keepers = createReadPool(url, { role: 'api-snapshots', max: MAX_GENERATIONS });
  const present = createReadPool(url, { role: 'api-now', max: MAX_PRESENT });
  const generations = createGenerations(keepers, { maxAgeMs, max: MAX_GENERATIONS });
  const names = createNames();
  const watchers = new Set<(notice?: Notice) => void>();
  const listener = listenForWrites(url, (notice) => {
    generations.supersede();
    for (const onWrite of watchers) onWrite(notice);
  });
  async function cancel(processId: number): Promise<void> {
    const client = await connect(present);
    try {
      await client.query('select pg_cancel_backend($1)', [processId]);
    } finally {
      client.release();
    }
  }

  return {
    async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
      const client = await connect(present);
      try {
        const rows = await ask<Row>(client, { sql, parameters });
        client.release();
        return rows;
      } catch (thrown) {
        client.release(isLost(thrown));
        throw toStatementError(thrown, sql);
      }
    },
    open() {
      // Where every snapshot is one of its own, none is ever out of date.
      if (maxAgeMs > 0) listener.start();
      return openSnapshot({ pools: { statements, keyed }, names, generations, cancel });
    },
    getCurrent: generations.getCurrent,
    watch(onWrite) {
      watchers.add(onWrite);
      listener.start();
      return () => watchers.delete(onWrite);
    },
    supersede: generations.supersede,
    async close() {
      await listener.close();
      await generations.close();
      await Promise.all([statements, keyed, keepers, present].map((pool) => pool.end()));
    },
  };
}

/** As many snapshots stand beside each other while slow answers use up old ones. */
const MAX_GENERATIONS = 4;
/** Of health checks, which must not wait for queries. */
const MAX_PRESENT = 2;
