import pg from 'pg';
import { createPool } from '../../schema/database.js';
import { RetryableError, toMessage } from '../../schema/lib/errors.js';
import { QueryTimeout } from './QueryTimeout.js';

/** The API's only door to Postgres: one read-only statement at a time. */
export interface Database {
  /** Throws `RetryableError` while the database is out of reach, `QueryTimeout` when a statement takes too long. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export function createDatabase(url: string): Database {
  const pool = createPool(url, {
    role: 'api',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // The server's own limit needs a server that lives.
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    options: `-c statement_timeout=${STATEMENT_TIMEOUT_MS} -c default_transaction_read_only=on`,
  });
  return {
    async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
      const client = await pool.connect().catch((thrown: unknown) => {
        throw new RetryableError(`No connection to the database: ${toMessage(thrown)}`, { cause: thrown });
      });
      try {
        const { rows } = await client.query(sql, [...parameters]);
        client.release();
        return rows as Row[];
      } catch (thrown) {
        const lost = isLost(thrown);
        client.release(lost);
        if (lost) throw new RetryableError(`The database went away: ${toMessage(thrown)}`, { cause: thrown });
        if (thrown instanceof pg.DatabaseError && thrown.code === QUERY_CANCELED) {
          throw new QueryTimeout(STATEMENT_TIMEOUT_MS, sql);
        }
        throw thrown;
      }
    },
    close: () => pool.end(),
  };
}

/** contracts.md, query budgets. */
const STATEMENT_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;

/** Postgres error codes, appendix A of its manual. */
const QUERY_CANCELED = '57014';
const CONNECTION_LOST = /^(08...|57P0[1-5])$/;

/** What Postgres itself answers is a DatabaseError; anything else came from the socket. */
function isLost(thrown: unknown): boolean {
  return !(thrown instanceof pg.DatabaseError) || CONNECTION_LOST.test(thrown.code ?? '');
}
