import type pg from 'pg';
import type { NetworkRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import type { Scope } from './Scope.js';

/** From when on a network records what a component is made of, unix seconds; null: it does not yet. */
export interface Firsts {
  /** The network's first fact of all. */
  readonly fact: number | null;
  readonly jobs: number | null;
  readonly deadlines: number | null;
  readonly heartbeats: number | null;
}

export async function loadFirsts(client: pg.ClientBase, { network, height, beforeHour }: Scope): Promise<Firsts> {
  const { rows } = await client.query<Firsts>(
    `select
       (select floor(extract(epoch from min(time)))::bigint from network_delta where network_id = $1 and height <= $2)
         as fact,
       (select floor(extract(epoch from min(time)))::bigint from job where network_id = $1 and height <= $2) as jobs,
       (select floor(extract(epoch from min(time)))::bigint from job
        where network_id = $1 and height <= $2 and deadline is not null) as deadlines,
       (select min(first_slot)::bigint * 60 from heartbeat_node
        where network_id = $1 and first_slot is not null and first_slot < $3::bigint * 60) as heartbeats`,
    [network.id, height, beforeHour],
  );
  return rows[0] ?? { fact: null, jobs: null, deadlines: null, heartbeats: null };
}

/** What counts as recorded at a time: what began before it, whatever came later. */
export function toRecords({ jobs, deadlines, heartbeats }: Firsts, at: number): NetworkRecord['records'] {
  const isBefore = (first: number | null) => first !== null && first < at;
  return { jobs: isBefore(jobs), deadlines: isBefore(deadlines), heartbeats: isBefore(heartbeats) };
}
