import type pg from 'pg';
import type { Network } from '../../../schema/protocols/protocols.js';

/** Whom beats are about: a node, or a provider where the protocol names no nodes. */
export interface Subject {
  readonly nodeId: string;
  readonly providerId: string | null;
  /** Accounts that may speak for it, in lower case. */
  readonly speakers: readonly string[];
  /** Unix ms, of the block that registered it. */
  readonly registeredAt: number;
}

/** Those of the ids that the chain knows, by id. May speak: the node, its provider, the provider's owner. */
export async function findSubjects(
  pool: pg.Pool,
  { network, ids }: { readonly network: Network; readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, Subject>> {
  const { rows } = await pool.query<Row>(hasNodes(network) ? ofNodes : ofProviders, [ids, network.definition.id]);
  return new Map(rows.map((row) => [row.id, toSubject(row)]));
}

export function hasNodes({ definition }: Network): boolean {
  return definition.capabilities.nodes === true;
}

interface Row {
  readonly id: string;
  readonly provider_id: string | null;
  readonly names: readonly (string | null)[];
  readonly time: Date;
}

const ofNodes = `
  select node.id, node.provider_id, array[node.native_id, provider.native_id, provider.owner] as names, node.time
  from node left join provider on provider.id = node.provider_id
  where node.id = any($1) and node.network_id = $2
`;

const ofProviders = `
  select id, id as provider_id, array[native_id, owner] as names, time
  from provider where id = any($1) and network_id = $2
`;

function toSubject({ id, provider_id, names, time }: Row): Subject {
  const speakers = names.flatMap((name) => (name && /^0x[0-9a-f]{40}$/i.test(name) ? [name.toLowerCase()] : []));
  return { nodeId: id, providerId: provider_id, speakers, registeredAt: time.getTime() };
}
