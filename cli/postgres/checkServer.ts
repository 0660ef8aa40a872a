import { RetryableError, toMessage, UserError } from '../../schema/lib/errors.js';
import { withClient } from './connection.js';

const OLDEST = 15;
const NEWEST = 18;

/** Refuses a DATABASE_URL that does not lead to a Postgres we can work on; answers with the server's version. */
export async function assertSupportedServer(url: string): Promise<{ version: string }> {
  const place = parsePlace(url);
  const facts = await readFacts(url, place);
  const problem = findProblem(facts);
  if (problem) throw new UserError(`Expected ${problem.expected} at DATABASE_URL (${place}), found ${problem.found}.`);
  return { version: facts.version };
}

export interface ServerFacts {
  /** As in `18.4`. */
  readonly version: string;
  /** As in 180004. */
  readonly versionNumber: number;
  readonly encoding: string;
  readonly isReadOnly: boolean;
  /** The schema where new tables go; null when the search path names none that exists. */
  readonly schema: string | null;
  readonly canCreate: boolean;
  readonly role: string;
}

export function findProblem(facts: ServerFacts): { expected: string; found: string } | undefined {
  const major = Math.floor(facts.versionNumber / 10_000);
  if (major < OLDEST || major > NEWEST) {
    const advice = `upgrade or choose another server, or leave DATABASE_URL empty to run the embedded one`;
    return { expected: `PostgreSQL ${OLDEST} to ${NEWEST}`, found: `${facts.version}: ${advice}` };
  }
  if (facts.encoding !== 'UTF8') {
    const advice = `create one with \`create database … encoding 'UTF8' template template0\``;
    return { expected: 'a database with encoding UTF8', found: `${facts.encoding}: ${advice}` };
  }
  if (facts.isReadOnly) {
    return { expected: 'a server that takes writes', found: 'a read-only one: name the primary' };
  }
  if (!facts.schema || !facts.canCreate) {
    const schema = facts.schema ?? 'public';
    return {
      expected: `a role that may create tables in schema ${schema}`,
      found: `${facts.role}, which may not: \`grant create, usage on schema ${schema} to ${facts.role}\``,
    };
  }
  return undefined;
}

async function readFacts(url: string, place: string): Promise<ServerFacts> {
  try {
    return await withClient(url, async (client) => {
      const { rows } = await client.query<ServerFacts>(factsSql);
      const facts = rows[0];
      if (!facts) throw new Error('no row');
      return facts;
    });
  } catch (error) {
    throw toConnectError(error, place);
  }
}

const factsSql = `
  select current_setting('server_version') as "version",
         current_setting('server_version_num')::int as "versionNumber",
         pg_encoding_to_char(d.encoding) as "encoding",
         pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool as "isReadOnly",
         current_schema() as "schema",
         coalesce(has_schema_privilege(current_schema(), 'create'), false) as "canCreate",
         current_user as "role"
    from pg_database d
   where d.datname = current_database()`;

/** SQLSTATE or errno → what is wrong and what to do. */
const advice: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing that listens there: start the server, or mend host and port',
  ENOTFOUND: 'no such host: mend its name',
  EAI_AGAIN: 'no answer to the look-up of its name: mend the name or the network',
  ETIMEDOUT: 'no answer: mend host, port or firewall',
  EHOSTUNREACH: 'no way to that host: mend the name or the network',
  '28P01': 'another password wanted: mend user and password',
  '28000': 'that user refused: mend user and password, or the server’s pg_hba.conf',
  '3D000': 'no such database: create it (`createdb`), or mend the name',
};

/** The server is there and will be ready in a moment, or when others have gone: starting up, shutting down, full. */
const passing = new Set(['57P03', '57P01', '53300']);

function toConnectError(error: unknown, place: string): Error {
  const code = (error as { code?: string }).code ?? '';
  const found = advice[code];
  if (found) return new UserError(`Expected a Postgres server at DATABASE_URL (${place}), found ${found}.`);
  const message = toMessage(error);
  if (passing.has(code)) return new RetryableError(`Postgres at ${place} does not take connections now: ${message}`);
  return new UserError(
    `Expected a Postgres server at DATABASE_URL (${place}), got: ${message}. Mend the URL, or leave it empty to run the embedded one.`,
  );
}

/** User, host and database of the URL, without the password. */
function parsePlace(url: string): string {
  const expected = 'Expected DATABASE_URL like postgres://user:password@host:5432/database';
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new UserError(`${expected}, found a text of ${url.length} characters that is no URL: mend it.`);
  }
  if (!/^postgres(ql)?:$/.test(parsed.protocol))
    throw new UserError(`${expected}, found ${parsed.protocol}//…: mend it.`);
  return `${parsed.username ? `${parsed.username}@` : ''}${parsed.host}${parsed.pathname}`;
}
