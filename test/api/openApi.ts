import { type Api, type ApiOptions, createApi, type ExecuteResult } from '../../api/createApi.js';
import { createLog } from '../../schema/lib/log.js';
import type { ScoreExplainer } from '../../schema/metrics/ScoreExplainer.js';
import { createTestDatabase } from '../testDatabase.js';
import { type Seed, seed } from './seed.js';

export interface OpenApi {
  readonly url: string;
  readonly api: Api;
  /** The data of a query that must not fail. */
  read<Data = Record<string, never>>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** The first error of a query that must fail. */
  fail(query: string, variables?: Record<string, unknown>): Promise<{ message: string; code: unknown }>;
  close(): Promise<void>;
}

/** The API on a database of its own that holds the given rows. */
export async function openApi(rows: Seed, explainScore?: ScoreExplainer): Promise<OpenApi> {
  const database = await createTestDatabase();
  await seed(database.url, rows);
  const api = await createTestApi(database.url, { explainScore });
  return {
    url: database.url,
    api,
    read: async (query, variables) => toData(await api.execute(query, variables)),
    fail: async (query, variables) => toFailure(await api.execute(query, variables)),
    async close() {
      await api.close();
      await database.drop();
    },
  };
}

/**
 * Without `snapshotMs` every answer has a snapshot of its own: what a test has just written is in it. Without `throttle` nobody is
 * throttled.
 */
export function createTestApi(databaseUrl: string, options: Partial<ApiOptions> = {}): Promise<Api> {
  const log = createLog('api', 'silent');
  return createApi({ databaseUrl, snapshotMs: 0, staleAfterSeconds: 120, log, version: '1.2.3', ...options });
}

/** GraphQL's objects have no prototype, which toEqual does not forgive. */
function toData<Data>({ data, errors }: ExecuteResult): Data {
  if (errors) throw new Error(`Expected no errors, got ${JSON.stringify(errors)}`);
  return JSON.parse(JSON.stringify(data)) as Data;
}

function toFailure({ data, errors }: ExecuteResult): { message: string; code: unknown } {
  const [error] = errors ?? [];
  if (!error) throw new Error(`Expected an error, got ${JSON.stringify(data)}`);
  return { message: error.message, code: error.extensions?.code };
}
