import type pg from 'pg';
import type { RollContext } from '../roll/RollStep.js';

/** Hours of a network that heartbeats have been judged in, as far as its chain is read. */
export interface JudgedSpan {
  /** The first one. */
  readonly fromHour: number;
  /** The one after the last: what lies from there on is not settled, or not to be seen yet. */
  readonly toHour: number;
  /** Up to where the tables were made last time; null: never. */
  readonly rolledTo: number | null;
}

/** Null: nothing has been judged. */
export async function findJudgedSpan(
  client: pg.ClientBase,
  { network, head, isRebuild }: Pick<RollContext, 'network' | 'head' | 'isRebuild'>,
): Promise<JudgedSpan | null> {
  const { rows } = await client.query<{ from_hour: number | null; to_hour: number | null; rolled_to: number | null }>(
    `select min(h.hour) as from_hour, max(h.hour) + 1 as to_hour,
       (select e.to_hour from window_end e where e.network_id = $1) as rolled_to
     from network_hour h where h.network_id = $1 and h.hour <= $2`,
    [network.id, head.hour],
  );
  const [row] = rows;
  if (!row || row.from_hour === null || row.to_hour === null) return null;
  return { fromHour: row.from_hour, toHour: row.to_hour, rolledTo: isRebuild ? null : row.rolled_to };
}
