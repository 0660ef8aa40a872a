import type pg from 'pg';
import { methodVersion, recordAnomalies } from './findAnomalies.js';

export interface ConservationCheck {
  /** Last block that was looked at. */
  readonly height: number;
  /** Anomalies of the blocks that were looked at now. */
  readonly found: number;
  /** All that stand, and logs that contradict what came before them. */
  readonly standing: number;
}

/**
 * Looks at the blocks between the last check and the cursor, in one snapshot, and stores what it finds and how far it is.
 * Undefined where that has to wait: nothing is written yet, or the indexes that it needs are put off until the first
 * backfill is over. Takes no lock that the writer needs before its end. A rollback meanwhile changes the row that says
 * how far the check is, which then fails as an outage (40001) and is to be done again.
 */
export async function checkConservation(
  client: pg.ClientBase,
  chainId: number,
): Promise<ConservationCheck | undefined> {
  await client.query('begin isolation level repeatable read');
  try {
    await client.query(quiet);
    const check = await checkSnapshot(client, chainId);
    await client.query('commit');
    return check;
  } catch (thrown) {
    await client.query('rollback').catch(() => undefined);
    throw thrown;
  }
}

/** The sync has the machine's other cores; a process that vanishes must not keep a rollback waiting. */
const quiet = `
  set local max_parallel_workers_per_gather = 0;
  set local jit = off;
  set local idle_in_transaction_session_timeout = '10s'`;

async function checkSnapshot(client: pg.ClientBase, chainId: number): Promise<ConservationCheck | undefined> {
  const { rows } = await client.query<Standing>(standing, [chainId, methodVersion]);
  const now = rows[0];
  if (!now || now.cursor === null || now.deferred) return undefined;
  const isSameMethod = now.method === now.method_before;
  const above = isSameMethod ? (now.checked ?? -1) : -1;
  let found = 0;
  if (now.cursor > above || !isSameMethod) {
    if (!isSameMethod) await client.query('delete from anomaly where chain_id = $1', [chainId]);
    found = await recordAnomalies(client, { chainId, above, to: now.cursor });
    await client.query('update conservation_progress set height = $2, method = $3 where chain_id = $1', [
      ...[chainId, now.cursor, now.method],
    ]);
  }
  const { rows: counts } = await client.query<{ count: number }>(countStanding, [chainId]);
  return { height: now.cursor, found, standing: counts[0]?.count ?? 0 };
}

interface Standing {
  readonly cursor: number | null;
  readonly checked: number | null;
  readonly method_before: string | null;
  readonly method: string;
  readonly deferred: boolean;
}

/** The rules and what each network says of them make the method. */
const standing = `
  select c.height as cursor, p.height as checked, p.method as method_before,
    md5($2 || (select coalesce(string_agg(n.id || n.conservation, ',' order by n.id), '')
      from network n where n.chain_id = c.chain_id)) as method,
    exists (select from deferred_index) as deferred
  from chain c join conservation_progress p using (chain_id)
  where c.chain_id = $1
`;

const countStanding = `
  select (select count(*) from anomaly where chain_id = $1)
    + (select count(*) from quarantine where chain_id = $1 and stage = 'odd') as count
`;
