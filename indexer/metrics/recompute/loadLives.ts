import type pg from 'pg';

/** Slots `[from, to)`. */
export type SlotSpan = readonly [from: number, to: number];

/** Of a machine that beats: whose it is, from when on it is expected, when it was off the market, and announced maintenance. */
export interface Life {
  readonly nodeKey: number;
  readonly provider: string;
  readonly fromSlot: number;
  readonly away: readonly SlotSpan[];
  readonly maintenance: readonly SlotSpan[];
}

/** A node's own versions say when it is away; of a protocol that names no machines, its provider's do. */
export async function loadLives(client: pg.ClientBase, networkId: string): Promise<readonly Life[]> {
  const { rows } = await client.query<{ key: number; provider: string; from: number }>(
    `select n.node_key as key, n.provider_id as provider,
       greatest(n.first_slot, ceil(extract(epoch from coalesce(f.time, p.time)) / 60)::int) as from
     from heartbeat_node n
     left join node f on f.id = n.node_id
     left join provider p on p.id = n.node_id
     where n.network_id = $1 and n.first_slot is not null and n.provider_id is not null
     order by n.node_key`,
    [networkId],
  );
  const away = await loadSpans(client, awaySql, networkId);
  const maintenance = await loadSpans(
    client,
    `select m.node_key as key, m.from_slot as from, m.to_slot as to
     from maintenance_notice m join heartbeat_node n on n.node_key = m.node_key and n.network_id = $1`,
    networkId,
  );
  return rows.map(({ key, provider, from }) => ({
    ...{ nodeKey: key, provider, fromSlot: from },
    ...{ away: away.get(key) ?? [], maintenance: maintenance.get(key) ?? [] },
  }));
}

async function loadSpans(
  client: pg.ClientBase,
  text: string,
  networkId: string,
): Promise<ReadonlyMap<number, readonly SlotSpan[]>> {
  const { rows } = await client.query<{ key: number; from: number; to: number }>(text, [networkId]);
  const spans = new Map<number, SlotSpan[]>();
  for (const { key, from, to } of rows) {
    const own = spans.get(key) ?? [];
    own.push([from, to]);
    spans.set(key, own);
  }
  return spans;
}

const awaySql = `
  select v.key, floor(extract(epoch from born.time) / 60)::int as from,
    coalesce(ceil(extract(epoch from gone.time) / 60)::int, 2147483647) as to
  from (
    select n.node_key as key, w.chain_id, w.height_from, w.height_to
    from heartbeat_node n join node f on f.id = n.node_id join node_version w on w.node_id = f.id and not w.active
    where n.network_id = $1
    union all
    select n.node_key, w.chain_id, w.height_from, w.height_to
    from heartbeat_node n join provider_version w on w.provider_id = n.node_id and not w.active
    where n.network_id = $1 and not exists (select from node f where f.id = n.node_id)
  ) as v
  join block born on born.chain_id = v.chain_id and born.height = v.height_from
  left join block gone on gone.chain_id = v.chain_id and gone.height = v.height_to
`;
