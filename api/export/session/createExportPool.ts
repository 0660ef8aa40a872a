import type pg from 'pg';
import { createPool } from '../../../schema/database.js';

/** contracts.md gives an answer two seconds; a file may take longer, so it has connections of its own. */
export const EXPORTS_AT_ONCE = 2;
/** After that a file is broken off: as long it holds back what vacuum may remove. */
export const EXPORT_MS = 15 * 60_000;
const CONNECT_TIMEOUT_MS = 2_000;
const IDLE_MS = 5_000;

export function createExportPool(url: string): pg.Pool {
  const pool = createPool(url, {
    role: 'api-export',
    max: EXPORTS_AT_ONCE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_MS,
    options: [
      '-c default_transaction_read_only=on -c idle_in_transaction_session_timeout=60000',
      // One connection is one processor at most, whoever else asks; compiling first pays for no list.
      '-c max_parallel_workers_per_gather=0 -c jit=off -c work_mem=64MB',
      // Text is text, and JSON has no other form, whatever the server is set to.
      '-c timezone=UTC -c bytea_output=hex -c standard_conforming_strings=on',
    ].join(' '),
  });
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
