import type pg from 'pg';

export interface NodeToRegister {
  /** Public id of a node, or of a provider whose protocol names no machines. */
  readonly nodeId: string;
  readonly networkId: string;
  readonly providerId: string | null;
}

/**
 * Gives every node its number in all tables that grow with nodes; those that have one keep it. In the order given. Only what is
 * missing is inserted: a conflict would use up a number, and numbers are to stay dense.
 */
export async function registerNodes(
  client: pg.Pool | pg.ClientBase,
  nodes: readonly NodeToRegister[],
): Promise<readonly number[]> {
  const known = await listKeys(client, nodes);
  const missing = nodes.filter(({ nodeId }) => !known.has(nodeId));
  if (missing.length > 0) await insertNodes(client, missing);
  const all = missing.length > 0 ? new Map([...known, ...(await listKeys(client, missing))]) : known;
  return nodes.flatMap(({ nodeId }) => all.get(nodeId) ?? []);
}

async function listKeys(
  client: pg.Pool | pg.ClientBase,
  nodes: readonly NodeToRegister[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ node_id: string; node_key: number }>(
    'select node_id, node_key from heartbeat_node where node_id = any($1)',
    [nodes.map(({ nodeId }) => nodeId)],
  );
  return new Map(rows.map(({ node_id, node_key }) => [node_id, node_key]));
}

/** Others may insert the same ones at the same time: then a number is lost, and nothing else. */
async function insertNodes(client: pg.Pool | pg.ClientBase, nodes: readonly NodeToRegister[]): Promise<void> {
  await client.query(
    `insert into heartbeat_node (node_id, network_id, provider_id)
     select * from unnest($1::text[], $2::text[], $3::text[]) as given (node_id, network_id, provider_id)
     where not exists (select from heartbeat_node where heartbeat_node.node_id = given.node_id)
     order by node_id
     on conflict (node_id) do nothing`,
    [
      nodes.map(({ nodeId }) => nodeId),
      nodes.map(({ networkId }) => networkId),
      nodes.map(({ providerId }) => providerId),
    ],
  );
}

/** The observer's number; made at its first start. Observers of one network group have one vote together. */
export async function registerObserver(
  client: pg.Pool | pg.ClientBase,
  { name, networkGroup }: { readonly name: string; readonly networkGroup: string },
): Promise<number> {
  const known = await client.query<{ observer: number }>(
    'update observer set network_group = $2 where name = $1 returning observer',
    [name, networkGroup],
  );
  if (known.rows[0]) return known.rows[0].observer;
  // Numbers are small ones: a start must not use one up each time.
  const { rows } = await client.query<{ observer: number }>(
    `insert into observer (name, network_group) values ($1, $2)
     on conflict (name) do update set network_group = excluded.network_group returning observer`,
    [name, networkGroup],
  );
  return rows[0]?.observer ?? 0;
}
