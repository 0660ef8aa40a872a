import pg from 'pg';

/** The database and the role that `initdb` and the first start make. */
const NAME = 'computescan';

/** The server speaks on the loopback interface alone, so TLS is off whatever PGSSLMODE says. */
export function toUrl(options: { password: string; port: number; database?: string }): string {
  return `postgres://${NAME}:${options.password}@127.0.0.1:${options.port}/${options.database ?? NAME}?sslmode=disable`;
}

/** Connects once and answers with the server's version, making our database if it is not there yet. */
export async function greetServer(options: { password: string; port: number }): Promise<string> {
  try {
    return await readVersion(toUrl(options));
  } catch (error) {
    if ((error as { code?: string }).code !== INVALID_CATALOG_NAME) throw error;
  }
  await withClient(toUrl({ ...options, database: 'postgres' }), (client) =>
    client.query(`create database ${NAME} strategy file_copy`),
  );
  return readVersion(toUrl(options));
}

export const role = NAME;
export const INVALID_CATALOG_NAME = '3D000';
export const INVALID_PASSWORD = '28P01';

async function readVersion(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return rows[0]?.server_version ?? '';
  });
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection that breaks after its last answer is nobody's concern.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
