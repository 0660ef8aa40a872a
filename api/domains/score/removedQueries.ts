import type { Database } from '../../database/createDatabase.js';
import type { ChildRow } from '../../database/perParent.js';
import type { RemovedTrade } from './RemovedTrade.js';

export interface RemovedRow extends RemovedTrade {
  readonly providerId: string;
}

/** A page of the child list of one parent. */
export interface PageKey {
  readonly parent: string;
  readonly first: number;
  readonly skip: number;
}

/** Of networks, the newest day first, by the key of removed_pair read backwards. A provider may have been taken back since. */
export function listRemovedOfNetworks(database: Database, keys: readonly PageKey[]): Promise<ChildRow<RemovedRow>[]> {
  return database.query(ofNetworks, toParameters(keys));
}

/** Of providers likewise. No index is by provider: what their networks have is read once for all of them. */
export function listRemovedOfProviders(database: Database, keys: readonly PageKey[]): Promise<ChildRow<RemovedRow>[]> {
  return database.query(ofProviders, toParameters(keys));
}

const columns = `to_timestamp(r.day::int8 * 86400) as day, r.buyer, r.provider_id as "providerId", r.reason`;
const pages = 'unnest($1::text[], $2::int[], $3::int[]) with ordinality as k (parent, first, skip, ordinal)';

const ofNetworks = `
  select k.ordinal, child.*
  from ${pages}
  cross join lateral (
    select ${columns} from removed_pair r join provider p on p.id = r.provider_id where r.network_id = k.parent
    order by r.day desc, r.buyer desc, r.provider_id desc limit k.first offset k.skip
  ) as child
`;

const ofProviders = `
  select k.ordinal, ${columns}
  from ${pages}
  join (
    select o.*, row_number() over (partition by o.provider_id order by o.day desc, o.buyer desc) as place
    from removed_pair o
    where o.network_id in (select p.network_id from provider p where p.id = any($1)) and o.provider_id = any($1)
  ) as r on r.provider_id = k.parent and r.place > k.skip and r.place <= k.skip + k.first
  order by k.ordinal, r.place
`;

function toParameters(keys: readonly PageKey[]): readonly unknown[] {
  return [keys.map(({ parent }) => parent), keys.map(({ first }) => first), keys.map(({ skip }) => skip)];
}
