import type pg from 'pg';

export interface NodeToRegister {
  /** Public id of a node, or of a provider whose protocol names no machines. */
  readonly nodeId: string;
  readonly networkId: string;
  readonly providerId: string | null;
}

/** Gives every node its number in all tables that grow with nodes; those that have one keep it. In the order given. */
export async function registerNodes(
  client: pg.Pool | pg.ClientBase,
  nodes: readonly NodeToRegister[],
): Promise<readonly number[]> {
  const ids = nodes.map(({ nodeId }) => nodeId);
  await client.query(
    `insert into heartbeat_node (node_id, network_id, provider_id)
     select * from unnest($1::text[], $2::text[], $3::text[]) as given (node_id, network_id, provider_id)
     order by node_id
     on conflict (node_id) do nothing`,
    [ids, nodes.map(({ networkId }) => networkId), nodes.map(({ providerId }) => providerId)],
  );
  const { rows } = await client.query<{ node_key: number }>(
    `select node_key from unnest($1::text[]) with ordinality as given (node_id, position)
     join heartbeat_node using (node_id) order by position`,
    [ids],
  );
  return rows.map((row) => row.node_key);
}

/** The observer's number; made at its first start. Observers of one network group have one vote together. */
export async function registerObserver(
  client: pg.Pool | pg.ClientBase,
  { name, networkGroup }: { readonly name: string; readonly networkGroup: string },
): Promise<number> {
  const { rows } = await client.query<{ observer: number }>(
    `insert into observer (name, network_group) values ($1, $2)
     on conflict (name) do update set network_group = excluded.network_group returning observer`,
    [name, networkGroup],
  );
  return rows[0]?.observer ?? 0;
}
