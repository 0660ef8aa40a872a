import { randomBytes } from 'node:crypto';
import { createPool } from '../../schema/database.js';
import { UserError } from '../../schema/lib/errors.js';
import { insertKey, type KeyRow, listKeyRows, revokeKeyRow } from './keyQueries.js';
import { createToken, hashToken } from './token.js';

export type { KeyRow } from './keyQueries.js';

/** Makes a key of its own bucket. The token is told this once; what is kept of it is a hash. */
export async function createKey(
  databaseUrl: string,
  { name, capacity, perSecond }: Pick<KeyRow, 'name' | 'capacity' | 'perSecond'>,
): Promise<{ readonly id: string; readonly token: string }> {
  const trimmed = name.trim();
  if (trimmed.length === 0 || trimmed.length > MAX_NAME) {
    throw new UserError(`Expected a name of 1 to ${MAX_NAME} characters that says whose key it is, got "${name}".`);
  }
  for (const [what, value] of Object.entries({ capacity, rate: perSecond })) {
    if (value < 1 || value > MAX_POINTS) {
      throw new UserError(`Expected a ${what} from 1 to ${MAX_POINTS} points, got ${value}.`);
    }
  }
  const id = randomBytes(ID_BYTES).toString('hex');
  const token = createToken();
  await onPool(databaseUrl, (pool) =>
    insertKey(pool, { id, name: trimmed, capacity, perSecond, hash: hashToken(token) }),
  );
  return { id, token };
}

export function listKeys(databaseUrl: string): Promise<readonly KeyRow[]> {
  return onPool(databaseUrl, listKeyRows);
}

/** Servers stop taking it within ten seconds. */
export async function revokeKey(databaseUrl: string, id: string): Promise<Date> {
  const revokedAt = await onPool(databaseUrl, (pool) => revokeKeyRow(pool, id));
  if (revokedAt) return revokedAt;
  throw new UserError(`Expected the id of a key, got "${id}": \`computescan key list\` shows them.`);
}

const MAX_NAME = 100;
const MAX_POINTS = 1_000_000_000;
const ID_BYTES = 6;

async function onPool<Result>(
  databaseUrl: string,
  work: (pool: ReturnType<typeof createPool>) => Promise<Result>,
): Promise<Result> {
  const pool = createPool(databaseUrl, { role: 'keys', max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}
