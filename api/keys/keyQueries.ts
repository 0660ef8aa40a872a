import type pg from 'pg';

export interface KeyRow {
  /** Public: it names the key and opens nothing. */
  readonly id: string;
  readonly name: string;
  readonly capacity: number;
  readonly perSecond: number;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

type Door = Pick<pg.Pool, 'query'>;

const columns = `
  id, name, capacity, per_second as "perSecond", created_at as "createdAt", revoked_at as "revokedAt",
  last_used_at as "lastUsedAt"`;

export async function insertKey(
  door: Door,
  key: Pick<KeyRow, 'id' | 'name' | 'capacity' | 'perSecond'> & { readonly hash: Buffer },
): Promise<void> {
  await door.query(
    'insert into api_key (id, hash, name, capacity, per_second, created_at) values ($1, $2, $3, $4, $5, now())',
    [key.id, key.hash, key.name, key.capacity, key.perSecond],
  );
}

export async function listKeyRows(door: Door): Promise<readonly KeyRow[]> {
  const { rows } = await door.query<KeyRow>(`select ${columns} from api_key order by created_at, id`);
  return rows;
}

export async function findKeyInUse(door: Door, hash: Buffer): Promise<KeyRow | undefined> {
  const { rows } = await door.query<KeyRow>(`select ${columns} from api_key where hash = $1 and revoked_at is null`, [
    hash,
  ]);
  return rows[0];
}

/** When it was revoked, also where that was before; undefined: there is no such key. */
export async function revokeKeyRow(door: Door, id: string): Promise<Date | undefined> {
  const { rows } = await door.query<{ revokedAt: Date }>(
    'update api_key set revoked_at = coalesce(revoked_at, now()) where id = $1 returning revoked_at as "revokedAt"',
    [id],
  );
  return rows[0]?.revokedAt;
}

export async function touchKey(door: Door, id: string): Promise<void> {
  await door.query(
    `update api_key set last_used_at = now()
     where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [id],
  );
}
