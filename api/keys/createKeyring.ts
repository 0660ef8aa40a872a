import { createPool } from '../../schema/database.js';
import { RetryableError, toMessage } from '../../schema/lib/errors.js';
import { STATEMENT_TIMEOUT_MS } from '../database/statements.js';
import { findKeyInUse, type KeyRow, touchKey } from './keyQueries.js';
import { hashToken } from './token.js';

/** The API keys that are in use, as far as they have been asked for. */
export interface Keyring {
  /** Whether it was a key when last looked at, or that was so lately that the database need not be asked. */
  isKnown(token: string): boolean;
  /** Undefined: unknown or revoked. Throws `RetryableError` where the database cannot say. */
  find(token: string): Promise<KeyRow | undefined>;
  close(): Promise<void>;
}

interface Entry {
  readonly key: Promise<KeyRow | undefined>;
  readonly atMs: number;
  wasFound: boolean;
}

/** Of the tables that the API reads this is one that it also writes: when a key was last used, to the minute. */
export function createKeyring(url: string, clock: () => number = () => performance.now()): Keyring {
  const pool = createPool(url, {
    role: 'api-keys',
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
    options: `-c statement_timeout=${STATEMENT_TIMEOUT_MS}`,
    idleTimeoutMillis: IDLE_MS,
  });
  const entries = new Map<string, Entry>();
  const touchedAt = new Map<string, number>();
  const touching = new Set<Promise<void>>();

  function isFresh(entry: Entry | undefined): entry is Entry {
    return entry !== undefined && clock() - entry.atMs < FRESH_MS;
  }

  function look(name: string, hash: Buffer): Promise<KeyRow | undefined> {
    const key = findKeyInUse(pool, hash).catch((thrown: unknown) => {
      entries.delete(name);
      throw new RetryableError(`The key cannot be looked up: ${toMessage(thrown)}`, { cause: thrown });
    });
    const entry: Entry = { key, atMs: clock(), wasFound: false };
    entries.delete(name);
    entries.set(name, entry);
    void key.then(
      (row) => {
        entry.wasFound = row !== undefined;
      },
      () => undefined,
    );
    if (entries.size > MAX_ENTRIES) entries.delete(entries.keys().next().value as string);
    return key;
  }

  /** Nobody waits for it; a standby server cannot keep it. */
  function touch({ id }: KeyRow): void {
    if (clock() - (touchedAt.get(id) ?? Number.NEGATIVE_INFINITY) < TOUCH_MS) return;
    touchedAt.set(id, clock());
    const touched = touchKey(pool, id)
      .catch(() => undefined)
      .finally(() => touching.delete(touched));
    touching.add(touched);
  }

  return {
    isKnown(token) {
      const entry = entries.get(hashToken(token).toString('base64'));
      return entry?.wasFound === true || isFresh(entry);
    },
    async find(token) {
      const hash = hashToken(token);
      const name = hash.toString('base64');
      const entry = entries.get(name);
      const key = await (isFresh(entry) ? entry.key : look(name, hash));
      if (key) touch(key);
      return key;
    },
    async close() {
      await Promise.all(touching);
      await pool.end();
    },
  };
}

const MAX_CONNECTIONS = 2;
/** For so long a key that was revoked may still be taken. */
const FRESH_MS = 10_000;
const TOUCH_MS = 60_000;
const IDLE_MS = 5_000;
const MAX_ENTRIES = 10_000;
