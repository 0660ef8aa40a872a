import type { Database } from './createDatabase.js';

/** For statements that find rows by keys (`StatementOptions.isKeyed`). */
export function toKeyed(database: Database): Database {
  return { query: (sql, parameters, options) => database.query(sql, parameters, { ...options, isKeyed: true }) };
}
