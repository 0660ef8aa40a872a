import { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { BEGIN } from '../../database/createGenerations.js';
import type { Moment } from '../../database/openSnapshot.js';
import { connect, isLost, STATEMENT_TIMEOUT_MS, toStatementError } from '../../database/statements.js';
import type { ChainRow } from '../../domains/chain/chainQueries.js';
import { chainsSql } from '../../domains/chain/chainsSql.js';
import { EXPORT_MS } from './createExportPool.js';

/** One transaction on one connection: what is asked before the rows, and the rows, are of one moment. */
export interface ExportSession {
  readonly moment: Moment;
  /** What COPY sends of a select without parameters, as it comes. Once only. */
  copy(select: string, format: string): Readable;
  /** Stops whatever runs, on the server too; may be called again. */
  abort(): void;
  /** Gives the connection back; while rows are still being sent it aborts. */
  close(): void;
}

/** Throws `RetryableError` while the database is out of reach. */
export async function openExportSession(pool: pg.Pool, url: string): Promise<ExportSession> {
  const client = await connect(pool);
  const { backend, chains } = await begin(client);
  let state: 'idle' | 'copying' | 'closed' = 'idle';

  async function query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    try {
      const { rows } = await client.query(sql, [...parameters]);
      return rows as Row[];
    } catch (thrown) {
      throw toStatementError(thrown, sql);
    }
  }

  function end(isBroken: boolean): void {
    if (state === 'closed') return;
    state = 'closed';
    if (isBroken) client.release(true);
    else
      client.query('rollback').then(
        () => client.release(),
        () => client.release(true),
      );
  }

  function abort(): void {
    if (state === 'copying') cancel(url, backend);
    end(true);
  }

  return {
    moment: { query, listChains: async () => chains },
    copy(select, format) {
      state = 'copying';
      // Its turn comes first; where it fails, so does what follows.
      client.query(`set local statement_timeout = ${EXPORT_MS}`).catch(() => undefined);
      const stream = client.query(copyTo(`copy (${select}) to stdout (${format})`));
      // Whoever reads hears of it as well.
      stream.on('error', () => undefined);
      stream.once('end', () => {
        if (state === 'copying') state = 'idle';
      });
      return stream;
    },
    abort,
    close: () => (state === 'copying' ? abort() : end(false)),
  };
}

/** A process of the server; its number may be given to another one once it has ended. */
interface Backend {
  readonly pid: number;
  readonly startedAt: string;
}

async function begin(
  client: pg.PoolClient,
): Promise<{ readonly backend: Backend; readonly chains: readonly ChainRow[] }> {
  try {
    // What is asked before the rows is as short as what any answer asks.
    const limit = `set local statement_timeout = ${STATEMENT_TIMEOUT_MS}`;
    const answers = await client.query(`${BEGIN}; ${limit}; ${ownBackend}; ${chainsSql}`);
    // Of several statements pg gives the answers as a list.
    const [own, chains] = (answers as unknown as pg.QueryResult[]).slice(-2) as [
      pg.QueryResult<Backend>,
      pg.QueryResult<ChainRow>,
    ];
    const [backend] = own.rows;
    if (!backend) throw new Error('Expected the process of a connection, got no row.');
    return { backend, chains: chains.rows };
  } catch (thrown) {
    client.release(isLost(thrown));
    throw toStatementError(thrown, BEGIN);
  }
}

const ownBackend = `
  select pid, backend_start::text as "startedAt" from pg_stat_activity where pid = pg_backend_pid()`;

/**
 * A server that sorts does not look whether anybody still listens, so that closing the connection would not stop it. It is asked
 * on another one, for which no place is kept: files take theirs.
 */
function cancel(url: string, { pid, startedAt }: Backend): void {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'computescan-api-export-cancel',
    connectionTimeoutMillis: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  client
    .connect()
    .then(() => client.query(cancelBackend, [pid, startedAt]))
    // Without it the statement runs until its limit.
    .catch(() => undefined)
    .finally(() => client.end().catch(() => undefined));
}

const cancelBackend = `
  select pg_cancel_backend(pid) from pg_stat_activity where pid = $1 and backend_start = $2::timestamptz`;
