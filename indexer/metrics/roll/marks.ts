import type pg from 'pg';

/** Of the network's facts, by the writer, and of its readings, by the telemetry. */
const families = ['network', 'uptime'];

export interface Marked {
  readonly hour: number;
  /** An event lies in it; else verdicts about machines alone were made. */
  readonly hasFacts: boolean;
}

/** The hours that are marked of a network, each once, in no order. */
export async function listMarked(client: pg.ClientBase, networkId: string): Promise<readonly Marked[]> {
  const { rows } = await client.query<Marked>(
    `select floor(extract(epoch from hour) / 3600)::integer as hour, bool_or(family = 'network') as "hasFacts" from mark
     where subject = $1 and family = any ($2)
     group by 1`,
    [networkId, families],
  );
  return rows;
}

/** Takes the marks that this transaction sees, up to an hour or all; those that are set meanwhile stay. */
export async function takeMarks(client: pg.ClientBase, networkId: string, upTo: number | undefined): Promise<void> {
  await client.query(
    `delete from mark where subject = $1 and family = any ($2)
     and ($3::bigint is null or hour <= to_timestamp($3::bigint * 3600))`,
    [networkId, families, upTo ?? null],
  );
}
