import type pg from 'pg';

/**
 * Notes which jobs and providers the blocks above `height` touched, before they are taken back, in the transaction that does so
 * and under the lock of the chain's row: its numbers have no gap. A step back so long that nobody follows it, or of so much, is
 * noted as such alone. The last ones are kept.
 */
export async function noteRetraction(
  client: pg.ClientBase,
  chainId: number,
  { from, height }: { readonly from: number; readonly height: number | undefined },
): Promise<void> {
  const above = height ?? -1;
  const { rows } = await client.query<{ number: number }>(
    `insert into retraction (chain_id, number, from_height, height, complete)
     select $1::int8, 1 + coalesce(max(number), 0), $2::int8, $3::int8, false from retraction where chain_id = $1
     returning number`,
    [chainId, from, height ?? null],
  );
  const number = rows[0]?.number ?? 0;
  if (from - above <= MAX_BLOCKS) await client.query(note, [chainId, number, above, MAX_SUBJECTS]);
  await client.query(forget, [chainId, number - KEPT]);
}

/** Deeper than any chain that is followed reorganises before it is final. */
const MAX_BLOCKS = 2_000;
const MAX_SUBJECTS = 10_000;
const KEPT = 1_000;

/** All or nothing: what is not complete says so. */
const note = `
  with touched as materialized (
    select 'job' as kind, s.job_id as id from job_step s where s.chain_id = $1 and s.height > $3
    union
    select 'job', e.job_id from event e where e.chain_id = $1 and e.height > $3 and e.job_id is not null
    union
    select 'provider', e.provider_id from event e where e.chain_id = $1 and e.height > $3 and e.provider_id is not null
    union
    select 'provider', d.provider_id from provider_delta d where d.chain_id = $1 and d.height > $3
    union
    select 'provider', v.provider_id from provider_version v where v.chain_id = $1 and v.height_from > $3
    limit $4::int8 + 1
  ), whole as (
    update retraction set complete = true
    where chain_id = $1 and number = $2 and (select count(*) from touched) <= $4
    returning chain_id, number
  )
  insert into retracted (chain_id, number, kind, id, provider_id, buyer)
  select w.chain_id, w.number, t.kind, t.id, j.provider_id, j.buyer
  from whole w cross join touched t left join job j on t.kind = 'job' and j.id = t.id
`;

const forget = `
  with gone as (delete from retracted where chain_id = $1 and number <= $2)
  delete from retraction where chain_id = $1 and number <= $2
`;
