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

/** Of networks, the newest day first, by the key of removed_pair read backwards. */
export function listRemovedOfNetworks(database: Database, keys: readonly PageKey[]): Promise<ChildRow<RemovedRow>[]> {
  return database.query(
    perPage(`
      select ${columns} from removed_pair r where r.network_id = k.parent
      order by r.day desc, r.buyer desc, r.provider_id desc
    `),
    toParameters(keys),
  );
}

/** Of providers likewise: it looks through what is removed of their networks. */
export function listRemovedOfProviders(database: Database, keys: readonly PageKey[]): Promise<ChildRow<RemovedRow>[]> {
  return database.query(
    perPage(`
      select ${columns} from provider p join removed_pair r on r.network_id = p.network_id and r.provider_id = p.id
      where p.id = k.parent
      order by r.day desc, r.buyer desc
    `),
    toParameters(keys),
  );
}

const columns = `to_timestamp(r.day::int8 * 86400) as day, r.buyer, r.provider_id as "providerId", r.reason`;

/** As `perParent`, from a place in the list on. */
const perPage = (select: string) => `
  select k.ordinal, child.*
  from unnest($1::text[], $2::int[], $3::int[]) with ordinality as k (parent, first, skip, ordinal)
  cross join lateral (${select} limit k.first offset k.skip) as child
`;

function toParameters(keys: readonly PageKey[]): readonly unknown[] {
  return [keys.map(({ parent }) => parent), keys.map(({ first }) => first), keys.map(({ skip }) => skip)];
}
