/**
 * Whose beats: a node's, or those of all nodes of a provider. Where a protocol names no machines the provider itself is the
 * node.
 */
export interface Subject {
  readonly kind: 'node' | 'provider';
  /** Public id. */
  readonly id: string;
}

/** SQL: the numbers of subjects' nodes, as (ordinal, node_key); `$1` are the subjects' ids. */
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
    join heartbeat_node h on h.provider_id = k.id
  `,
};
