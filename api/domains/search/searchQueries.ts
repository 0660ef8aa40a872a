import type { Database } from '../../database/createDatabase.js';
import type { SearchText } from './parseSearch.js';

export interface FoundRow {
  readonly id: string;
  readonly name: string | null;
  readonly networkId: string;
  /** Of the job or the provider that it belongs to. */
  readonly jobId: string | null;
  readonly providerId: string | null;
  /** 0: exactly this, 1: it begins so, 2: it is within it. */
  readonly rank: 0 | 1 | 2;
}

type Find = (database: Database, text: SearchText, first: number) => Promise<FoundRow[]>;

/** Ids that the text may be: as it stands, or in any network. $1 is the text, or all digits of an address. */
const ids = `array(select $1::text union all select n.id || ':' || $1 from network n)`;
const toId = ({ hex, text }: SearchText) => hex ?? text;

/** By id, address, owner, and any part of the name: by indexes provider_native, provider_owner, provider_name and provider_grams. */
export const findProviders: Find = (database, text, first) =>
  database.query(
    `with found as (
       select p.id, 0 as rank from provider p where p.id = any(${ids})
       union all
       select p.id, 0 from provider p where p.owner = $1
       union all
       (select p.id, 1 from provider p where lower(p.native_id) like $2 and $6 order by p.id limit $5)
       union all
       (select p.id, case when search_text(p.name) = $1 then 0 else 1 end from provider p
        where p.name is not null and search_text(p.name) like $3 order by search_text(p.name), p.id limit $5)
       union all
       (select p.id, 2 from provider p
        where p.name is not null and $4::text is not null and search_grams(p.name) @> search_grams($1) and search_text(p.name) like $4
        limit $5)
     )
     select p.id, left(p.name, 200) as name, p.network_id as "networkId", null as "jobId", p.id as "providerId", min(f.rank) as rank
     from found f join provider p on p.id = f.id
     group by p.id order by min(f.rank), p.jobs desc, p.id limit $5`,
    [toId(text), `${toId(text)}%`, text.prefix, text.contains, first, text.hex !== null],
  );

/** By id and by the beginning of an address: by index node_native. */
export const findNodes: Find = (database, text, first) =>
  database.query(
    `with found as (
       select n.id, 0 as rank from node n where n.id = any(${ids})
       union all
       (select n.id, 1 from node n where lower(n.native_id) like $2 and $4 order by n.id limit $3)
     )
     select n.id, null as name, n.network_id as "networkId", null as "jobId", n.provider_id as "providerId", min(f.rank) as rank
     from found f join node n on n.id = f.id group by n.id order by min(f.rank), n.id limit $3`,
    [toId(text), `${toId(text)}%`, first, text.hex !== null],
  );

/** By id: by the key of table job. */
export const findJobs: Find = (database, text, first) =>
  database.query(
    `select j.id, j.status as name, j.network_id as "networkId", j.id as "jobId", j.provider_id as "providerId", 0 as rank
     from job j where j.id = any(${ids}) order by j.id limit $2`,
    [toId(text), first],
  );

/** By id: by the key of table task. */
export const findTasks: Find = (database, text, first) =>
  database.query(
    `select t.id, t.status as name, t.network_id as "networkId", t.job_id as "jobId", null as "providerId", 0 as rank
     from task t where t.id = any(${ids}) order by t.id limit $2`,
    [toId(text), first],
  );

/** Who opened jobs: by the key of table job_count. */
export const findBuyers: Find = (database, text, first) =>
  database.query(
    `select c.network_id || ':' || c.value as id, c.value as name, c.network_id as "networkId", null as "jobId", null as "providerId",
       0 as rank
     from job_count c where c.kind = 'buyer' and c.value = $1 and c.jobs > 0 order by c.network_id limit $2`,
    [toId(text), first],
  );

/** Networks are few. */
export const findNetworks: Find = (database, text, first) =>
  database.query(
    `select n.id, n.title as name, n.id as "networkId", null as "jobId", null as "providerId", case
         when $1 in (n.id, lower(n.title)) then 0
         when n.id like $2 or lower(n.title) like $2 then 1
         else 2
       end as rank
     from network n
     where n.id like $2 or lower(n.title) like $2 or n.id like $3 or lower(n.title) like $3
     order by rank, n.id limit $4`,
    [text.text, text.prefix, text.contains, first],
  );

/** Which models of GPU, of those whose name fits, there are on networks: by the key of table metric_subject. */
export function findHardware(
  database: Database,
  models: readonly string[],
  first: number,
): Promise<{ readonly id: string; readonly networkId: string; readonly model: string }[]> {
  return database.query(
    `select s.id, s.network_id as "networkId", m.model
     from unnest($1::text[]) with ordinality as m (model, place) cross join network n
     join metric_subject s on s.kind = 'hardware' and s.id = n.id || ':gpu:' || m.model
     order by m.place, s.id limit $2`,
    [models, first],
  );
}

export interface TransactionRow {
  readonly chainId: number;
  readonly height: number;
  readonly networkId: string;
  readonly events: number;
  readonly jobId: string | null;
  readonly providerId: string | null;
}

/** By index event_transaction. */
export function findTransactions(database: Database, hash: Buffer): Promise<TransactionRow[]> {
  return database.query(
    `select e.chain_id as "chainId", e.height, min(e.network_id) as "networkId", count(*)::int as events, min(e.job_id) as "jobId",
       min(e.provider_id) as "providerId"
     from event e where e.tx_hash = $1 group by e.chain_id, e.height order by e.chain_id limit 20`,
    [hash],
  );
}

export interface BlockRow {
  readonly chainId: number;
  readonly chain: string;
  readonly height: number;
  readonly time: Date;
}

/** By the key of table block, or by index block_hash. */
export function findBlocks(
  database: Database,
  { height, hash }: Pick<SearchText, 'height' | 'hash'>,
): Promise<BlockRow[]> {
  const condition = hash ? 'b.hash = $1' : 'b.height = $1::int8';
  return database.query(
    `select b.chain_id as "chainId", c.name as chain, b.height, b.time
     from chain c join block b on b.chain_id = c.chain_id and ${condition} order by b.chain_id limit 20`,
    [hash ?? height],
  );
}

export interface EventRow {
  readonly name: string;
  readonly networkId: string;
  readonly jobId: string | null;
  readonly providerId: string | null;
}

/** By the key of table event. */
export function findEvents(database: Database, place: NonNullable<SearchText['place']>): Promise<EventRow[]> {
  return database.query(
    `select e.name, e.network_id as "networkId", e.job_id as "jobId", e.provider_id as "providerId"
     from event e where e.chain_id = $1::int8 and e.height = $2::int8 and e.log_index = $3::int`,
    [...place],
  );
}
