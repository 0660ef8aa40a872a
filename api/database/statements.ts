import pg from 'pg';
import { createPool } from '../../schema/database.js';
import { RetryableError, toMessage } from '../../schema/lib/errors.js';
import { QueryTimeout } from './QueryTimeout.js';

/**
 * Connections that read, and not for long. What they keep of a statement is its text alone, and how it is run is planned for the values of
 * each time; `generic`: both are kept.
 */
export function createReadPool(
  url: string,
  { plans = 'custom', ...options }: { readonly role: string; readonly max?: number; readonly plans?: Plans },
): pg.Pool {
  const pool = createPool(url, {
    ...options,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // The server's own limit needs a server that lives.
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    options: [
      `-c statement_timeout=${STATEMENT_TIMEOUT_MS} -c default_transaction_read_only=on`,
      `-c idle_in_transaction_session_timeout=${FORGOTTEN_AFTER_MS} -c plan_cache_mode=force_${plans}_plan`,
    ].join(' '),
    // Connections keep their last snapshot, and with it what vacuum may not remove, until they go or are used again.
    idleTimeoutMillis: IDLE_MS,
  });
  // One that breaks while it is in use says so to the statement that it runs.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Postgres has a third way, which takes to plans for any values where the first five cost no less, however rare the sixth may be. */
type Plans = 'custom' | 'generic';

/** contracts.md, query budgets. */
export const STATEMENT_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;
/** No answer takes as long: the process that holds the transaction hangs. */
const FORGOTTEN_AFTER_MS = 60_000;
const IDLE_MS = 5_000;

export async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (thrown) {
    throw new RetryableError(`No connection to the database: ${toMessage(thrown)}`, { cause: thrown });
  }
}

/**
 * The rows that a statement gives, taken out of what pg holds on to: a statement of a client with a time limit lives on behind the next one until all
 * of memory is collected, and with its rows that costs as much as reading them.
 */
export async function ask<Row>(
  client: pg.ClientBase,
  {
    sql,
    parameters,
    name,
  }: { readonly sql: string; readonly parameters: readonly unknown[]; readonly name?: string | undefined },
): Promise<Row[]> {
  const result = await client.query({ text: sql, values: [...parameters], ...(name === undefined ? {} : { name }) });
  const { rows } = result;
  result.rows = [];
  return rows as Row[];
}

/** Postgres error codes, appendix A of its manual. */
const QUERY_CANCELED = '57014';
/**
 * 40001: what a standby has to apply took away what the snapshot saw. 0A000: a table has got other columns since the connection keeps a
 * statement about it.
 */
const CONNECTION_LOST = /^(08...|57P0[1-5]|25P03|40001|0A000)$/;

/** What Postgres itself answers is a DatabaseError; anything else came from the socket. */
export function isLost(thrown: unknown): boolean {
  return !(thrown instanceof pg.DatabaseError) || CONNECTION_LOST.test(thrown.code ?? '');
}

/** What a statement that failed means to whoever asked. */
export function toStatementError(thrown: unknown, sql: string, limitMs = STATEMENT_TIMEOUT_MS): unknown {
  if (isLost(thrown)) return new RetryableError(`The database went away: ${toMessage(thrown)}`, { cause: thrown });
  const isTimeout = thrown instanceof pg.DatabaseError && thrown.code === QUERY_CANCELED;
  return isTimeout ? new QueryTimeout(limitMs, sql) : thrown;
}
