import type pg from 'pg';
import type { Network } from '../../../schema/protocols/protocols.js';

/** The networks of the database, and who of the known ones they are. */
export async function listRolled(
  pool: pg.Pool,
  known: readonly Network[],
): Promise<readonly { readonly id: string; readonly network: Network | undefined }[]> {
  const { rows } = await pool.query<{ id: string }>('select id from network order by id');
  return rows.map(({ id }) => ({ id, network: known.find(({ definition }) => definition.id === id) }));
}
