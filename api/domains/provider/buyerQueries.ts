import type { Database } from '../../database/createDatabase.js';

export interface BuyersRow {
  /** Of the provider. */
  readonly id: string;
  readonly jobs: number;
  readonly buyers: number;
  readonly effective: string;
  readonly top: readonly { readonly buyer: string; readonly jobs: number }[];
}

/** So many jobs are looked at, and so many buyers told of. */
const JOBS = 1_000;
const TOP = 10;

/** Of providers with a job whose buyer is known. By index job_provider. */
export function listBuyersOfProviders(database: Database, providerIds: readonly string[]): Promise<BuyersRow[]> {
  return database.query(
    `select k.id, sum(b.jobs)::int as jobs, count(*)::int as buyers,
       trunc(sum(b.jobs) ^ 2 / sum(b.jobs ^ 2), 2)::text as effective,
       (jsonb_agg(jsonb_build_object('buyer', b.buyer, 'jobs', b.jobs) order by b.jobs desc, b.buyer)
         filter (where b.place <= $3)) as top
     from unnest($1::text[]) as k (id)
     cross join lateral (
       select j.buyer, count(*)::numeric as jobs, row_number() over (order by count(*) desc, j.buyer) as place
       from (
         select buyer from job where provider_id = k.id and buyer is not null order by time desc, id limit $2
       ) as j
       group by j.buyer
     ) as b
     group by k.id`,
    [providerIds, JOBS, TOP],
  );
}
