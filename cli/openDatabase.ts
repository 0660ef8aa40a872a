import { readIndexerConfig } from '../indexer/config.js';
import { migrate } from '../schema/database.js';
import type { Environment } from '../schema/lib/readEnv.js';
import { readCliConfig, toDataDirs } from './config.js';
import { assertSupportedServer } from './postgres/checkServer.js';
import { keepPostgres } from './postgres/keepPostgres.js';

export interface Database {
  readonly url: string;
  /** What a person is told of it. */
  readonly title: string;
  /** Stops the embedded server if this process started it; leaves any other alone. */
  stop(): Promise<void>;
}

/** The database of DATABASE_URL, else the embedded one, which is started or joined; brought to this version's schema. */
export async function openDatabase(root: string, env: Environment, onStep?: (text: string) => void): Promise<Database> {
  const { DATABASE_URL: url } = readIndexerConfig(env);
  if (url) {
    const { version } = await assertSupportedServer(url);
    await migrate(url);
    return { url, title: `PostgreSQL ${version} of DATABASE_URL`, stop: async () => undefined };
  }
  const { postgres: dataDir } = toDataDirs(root, readCliConfig(env).COMPUTESCAN_DATA);
  const postgres = await keepPostgres({ dataDir, onStep: onStep ?? (() => undefined) });
  try {
    await migrate(postgres.url);
  } catch (thrown) {
    await postgres.stop();
    throw thrown;
  }
  return {
    url: postgres.url,
    title: `PostgreSQL ${postgres.version}, embedded in ${dataDir}`,
    stop: () => postgres.stop(),
  };
}
