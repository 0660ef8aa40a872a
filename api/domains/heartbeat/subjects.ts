/**
 * Whose beats: a node's, or those of all nodes of a provider. Where a protocol names no machines the provider itself is the
 * node.
 */
export interface Subject {
  readonly kind: 'node' | 'provider';
  /** Public id. */
  readonly id: string;
}

/**
 * SQL: the numbers of subjects' nodes, as (ordinal, node_key); `$1` are the subjects' ids. Whose a node is the chain says now; for
 * one that it does not know any more, or not with its provider, what it said when the node's first session was opened.
 */
export const subjects: Readonly<Record<Subject['kind'], string>> = {
  node: `
    select k.ordinal, h.node_key from unnest($1::text[]) with ordinality as k (id, ordinal)
    join heartbeat_node h on h.node_id = k.id
  `,
  provider: `
    select k.ordinal, h.node_key from unnest($1::text[]) with ordinality as k (id, ordinal)
    join heartbeat_node h on h.node_id = k.id
    union
    select k.ordinal, h.node_key from unnest($1::text[]) with ordinality as k (id, ordinal)
    join node n on n.provider_id = k.id
    join heartbeat_node h on h.node_id = n.id
    union
    select k.ordinal, h.node_key from unnest($1::text[]) with ordinality as k (id, ordinal)
    join heartbeat_node h on h.provider_id = k.id
    where not exists (select 1 from node n where n.id = h.node_id and n.provider_id is not null)
  `,
};
