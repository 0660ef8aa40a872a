import type pg from 'pg';
import type { MetricDefinition } from '../../../schema/metrics/MetricDefinition.js';

/** Gives numbers to the metrics that have none, and notes by which method each is made. Several processes may call it at once. */
export async function ensureMetrics(pool: pg.Pool, catalogue: readonly MetricDefinition[]): Promise<void> {
  const values = [catalogue.map(({ id }) => id), catalogue.map(({ methodVersion }) => methodVersion)];
  await pool.query(
    `insert into metric (id, method_version)
     select given.id, given.method_version
     from unnest($1::text[], $2::int4[]) with ordinality as given (id, method_version, position)
     where not exists (select from metric m where m.id = given.id)
     order by given.position
     on conflict (id) do nothing`,
    values,
  );
  await pool.query(
    `update metric m set method_version = given.method_version
     from unnest($1::text[], $2::int4[]) as given (id, method_version)
     where m.id = given.id and m.method_version <> given.method_version`,
    values,
  );
}
