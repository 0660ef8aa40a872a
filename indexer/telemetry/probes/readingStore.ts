import type pg from 'pg';

/** A row of `price_reading` but for whose answer it is from, under the names of its columns. */
export interface Reading {
  /** 16 bytes in hex. */
  readonly thing: string;
  /** UTC, `2026-01-31`. */
  readonly day: string;
  readonly amount: string;
  readonly provider_id: string | null;
  readonly basis: string;
  readonly unit: string;
  readonly resource: string | null;
  readonly token: string;
  readonly scale: number | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly source_url: string;
  readonly first_seen: string;
  readonly last_seen: string;
  readonly valid_until: string;
}

export interface TargetKey {
  readonly networkId: string;
  readonly probe: string;
  readonly target: string;
  readonly observer: string;
}

/**
 * Adds what one answer says. A row is new where a price has changed or a day has begun; otherwise it is seen once more.
 * Each column is a minimum, a maximum, or stands with the latest sight, so that neither order nor repeats matter.
 */
export async function writeReadings(
  client: pg.ClientBase,
  { networkId, probe, target, observer }: TargetKey,
  readings: readonly Reading[],
): Promise<void> {
  if (readings.length === 0) return;
  await client.query(upsert, [networkId, probe, target, observer, JSON.stringify(readings)]);
}

/** Ties of time are broken by the values themselves. */
const isLater = `(excluded.last_seen, excluded.valid_until, excluded.source_url, excluded.attributes::text)
  > (r.last_seen, r.valid_until, r.source_url, r.attributes::text)`;

const upsert = `
  insert into price_reading as r (network_id, probe, target, observer, thing, day, amount, provider_id, basis, unit,
    resource, token, scale, attributes, source_url, first_seen, last_seen, valid_until)
  select $1, $2, $3, $4, decode(given.thing, 'hex'), day, amount, provider_id, basis, unit, resource, token, scale,
    attributes, source_url, first_seen, last_seen, valid_until
  from jsonb_to_recordset($5::jsonb) as given (
    thing text, day date, amount numeric, provider_id text, basis text, unit text, resource text, token text,
    scale smallint, attributes jsonb, source_url text, first_seen timestamptz, last_seen timestamptz,
    valid_until timestamptz)
  order by given.thing
  on conflict (network_id, thing, day, amount) do update set
    first_seen = least(r.first_seen, excluded.first_seen),
    last_seen = greatest(r.last_seen, excluded.last_seen),
    valid_until = case when ${isLater} then excluded.valid_until else r.valid_until end,
    source_url = case when ${isLater} then excluded.source_url else r.source_url end,
    attributes = case when ${isLater} then excluded.attributes else r.attributes end
`;

/** How many rows a target has brought since a day began. */
export async function countReadings(client: pg.ClientBase, key: TargetKey, day: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*) from price_reading
     where network_id = $1 and probe = $2 and target = $3 and observer = $4 and day = $5`,
    [key.networkId, key.probe, key.target, key.observer, day],
  );
  return rows[0]?.count ?? 0;
}

/**
 * Forgets history from before a day. What a target said last stays, however long ago: a price that nobody repeats gets
 * old, it does not vanish.
 */
export async function pruneReadings(pool: pg.Pool, before: string): Promise<number> {
  const { rowCount } = await pool.query(
    `delete from price_reading r where r.day < $1 and not exists (
       select 1 from probe_target t
       where t.network_id = r.network_id and t.probe = r.probe and t.target = r.target and t.observer = r.observer
         and t.last_success = r.last_seen)`,
    [before],
  );
  return rowCount ?? 0;
}
