import type { Database } from '../../database/createDatabase.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import type { OperatorLink } from './Operator.js';

export interface OperatorRow {
  readonly id: string;
  readonly memberCount: number;
}

/** A member's row; the links leave as they are stored, with times in unix seconds. */
export interface MemberRow {
  readonly providerId: string;
  readonly links: readonly (Omit<OperatorLink, 'since'> & { readonly from: number })[];
}

/**
 * By provider: the operator that it stands in with others; none of one that stands alone. By the key, and index
 * operator_member_operator. Those whose first block was taken back are left out until the next turn does so.
 */
export async function listOperatorsOfProviders(
  database: Database,
  providerIds: readonly string[],
): Promise<readonly { readonly id: string; readonly operator: OperatorRow }[]> {
  const rows = await database.query<{ readonly id: string; readonly operatorId: string; readonly members: number }>(
    `select o.provider_id as id, o.operator_id as "operatorId", together.members
     from operator_member o
     cross join lateral (
       select count(*)::int as members from operator_member m join provider p on p.id = m.provider_id
       where m.operator_id = o.operator_id
     ) as together
     where o.provider_id = any($1) and together.members > 1`,
    [providerIds],
  );
  return rows.map(({ id, operatorId, members }) => ({ id, operator: { id: operatorId, memberCount: members } }));
}

/** By the id of the operator, in the order of their ids. */
export function listMembersOfOperators(database: Database, keys: readonly ParentKey[]): Promise<ChildRow<MemberRow>[]> {
  return database.query(
    perParent(`
      select o.provider_id as "providerId", o.links from operator_member o
      join provider p on p.id = o.provider_id
      where o.operator_id = k.parent order by o.provider_id
    `),
    toParentParameters(keys),
  );
}
