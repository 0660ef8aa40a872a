import type pg from 'pg';
import type { VerifiedRange } from './Store.js';

/** Notes what is proven of a batch's heights; a range that continues the last one of its level becomes one with it. */
export async function writeVerified(
  client: pg.ClientBase,
  chainId: number,
  ranges: readonly VerifiedRange[],
): Promise<void> {
  for (const { from, to, level } of joinAdjacent(ranges)) {
    const { rowCount } = await client.query({
      name: 'extend-verified',
      text: `update verified_range set height_to = $3
        where chain_id = $1 and height_to = $2 - 1 and level = $4
          and height_from = (select max(height_from) from verified_range where chain_id = $1 and height_from < $2)`,
      values: [chainId, from, to, level],
    });
    if (rowCount) continue;
    await client.query({
      name: 'add-verified',
      text: `insert into verified_range (chain_id, height_from, height_to, level) values ($1, $2, $3, $4)
        on conflict (chain_id, height_from) do update set height_to = excluded.height_to, level = excluded.level`,
      values: [chainId, from, to, level],
    });
  }
}

/** Nothing above the height is proven any more. */
export async function cutVerified(client: pg.ClientBase, chainId: number, height: number): Promise<void> {
  await client.query('delete from verified_range where chain_id = $1 and height_from > $2', [chainId, height]);
  await client.query('update verified_range set height_to = $2 where chain_id = $1 and height_to > $2', [
    chainId,
    height,
  ]);
}

/** Pure. */
export function joinAdjacent(ranges: readonly VerifiedRange[]): readonly VerifiedRange[] {
  const joined: VerifiedRange[] = [];
  for (const range of [...ranges].sort((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    if (last && last.to === range.from - 1 && last.level === range.level)
      joined.splice(-1, 1, { ...last, to: range.to });
    else joined.push(range);
  }
  return joined;
}
