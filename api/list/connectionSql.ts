import type { Cursor } from './cursor.js';
import type { List } from './List.js';
import { type SortKey, toBeyond, toOrder } from './order.js';
import { createParameters, type Parameters } from './Parameters.js';
import { type ListSql, toRowsSql } from './toListSql.js';
import { toWhere, type Where, type WhereOptions } from './toWhere.js';

export interface PageRequest {
  /** What is selected of a row. */
  readonly columns: string;
  /** How many rows to read. */
  readonly limit: number;
  readonly keys: readonly SortKey[];
  readonly orderBy: string;
  readonly where?: Where | null;
  readonly after?: Cursor | undefined;
  readonly before?: Cursor | undefined;
  /** From the end of what lies between the cursors, to its beginning. */
  readonly reversed: boolean;
}

export interface PageRow {
  /** JSON of `Chains`. */
  readonly chains: string | null;
  /** Whether a block that a cursor names does not stand any more, or is not there yet: then there are no rows. */
  readonly replaced: boolean;
  readonly ahead: boolean;
  /** JSON of a list of texts; null where there are no rows: then this is the only one. */
  readonly sortValues: string | null;
}

/**
 * One statement for a page and the blocks that it is of, so that the two cannot be of different moments. A page deep in the
 * list begins where an index of its order says, not at the first row.
 */
export function toPageSql(list: List, request: PageRequest, options: Omit<WhereOptions, 'parameters'>): ListSql {
  const { columns, keys, orderBy, after, before, reversed } = request;
  const parameters = createParameters();
  const point = toPoint(list, request, parameters);
  const conditions = [...toWhere(list, request.where, { ...options, parameters })];
  if (after) conditions.push(toBeyond(keys, after.values, { parameters, reversed: false }));
  if (before) conditions.push(toBeyond(keys, before.values, { parameters, reversed: true }));
  const values = keys.map(({ sql }) => `(${sql})::text`).join(', ');
  const rows = toRowsSql(list, {
    columns: `json_build_array(${values})::text as "sortValues", ${columns}`,
    conditions,
    orderBy,
    order: toOrder(keys, reversed),
    limit: `limit ${parameters.add(request.limit, 'int4')}`,
  });
  const sql = `with point as materialized (${point})
    select point.chains, point.replaced, point.ahead, page.* from point left join lateral (
      ${rows}
    ) as page on not point.replaced and not point.ahead`;
  return { sql, parameters: parameters.values };
}

/** The chains that rows may come from, and whether what the cursors name is still a part of them. */
function toPoint(list: List, { where, after, before }: PageRequest, parameters: Parameters): string {
  const named = [after, before].flatMap((cursor) => Object.entries(cursor?.chains ?? {}));
  const networks = list.by.network ? toNetworks(where) : undefined;
  const only = networks
    ? `where c.chain_id in (select n.chain_id from network n where n.id = any(${parameters.add(networks, 'text[]')}))`
    : '';
  return `
    select json_object_agg(c.chain_id, json_build_array(c.height, '0x' || encode(c.block_hash, 'hex')))
        filter (where c.height is not null and c.block_hash is not null)::text as chains,
      ${toStanding(named, parameters)}
    from chain c ${only}`;
}

/** Undefined: of any. */
function toNetworks(where: Where | null | undefined): readonly string[] | undefined {
  const { network, network_in: networks } = where ?? {};
  if (typeof network === 'string') return [network.toLowerCase()];
  return Array.isArray(networks) ? networks.map((each) => String(each).toLowerCase()) : undefined;
}

/** The last block stands in the chain; those before it among the stored ones, for good as far as facts go. */
function toStanding(named: readonly [string, readonly [number, string]][], parameters: Parameters): string {
  if (named.length === 0) return 'false as replaced, false as ahead';
  const heights = named.map(([, [height]]) => height);
  const hashes = named.map(([, [, hash]]) => Buffer.from(hash.slice(2), 'hex'));
  const ids = named.map(([chainId]) => chainId);
  const blocks = `unnest(${parameters.add(ids, 'int8[]')}, ${parameters.add(heights, 'int8[]')}, ${parameters.add(hashes, 'bytea[]')})
        as k (chain_id, height, hash)`;
  // Another server may have read further, and a moment of the past lies before.
  const isAhead =
    'exists (select 1 from chain s where s.chain_id = k.chain_id and (s.height is null or s.height < k.height))';
  return `exists (
      select 1 from ${blocks}
      where not ${isAhead}
        and not exists (select 1 from chain s where s.chain_id = k.chain_id and s.height = k.height and s.block_hash = k.hash)
        and not exists (select 1 from block b where b.chain_id = k.chain_id and b.height = k.height and b.hash = k.hash)
    ) as replaced,
      exists (select 1 from ${blocks} where ${isAhead}) as ahead`;
}
