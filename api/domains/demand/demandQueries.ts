import type { Database } from '../../database/createDatabase.js';

export interface DemandNetworkRow {
  readonly id: string;
  readonly protocol: string;
  readonly chainId: number;
  readonly capabilities: Readonly<Record<string, true | string>>;
  readonly asOfBlock: number | null;
  readonly asOfTime: Date | null;
  /** Bids within the time that name no job. */
  readonly withoutEnd: number;
}

export interface Span {
  readonly network: string;
  readonly from: Date;
  /** Not within it. */
  readonly to: Date;
}

/** By index price_offered. */
export async function findDemandNetwork(
  database: Database,
  { network, from, to }: Span,
): Promise<DemandNetworkRow | undefined> {
  const [row] = await database.query<DemandNetworkRow>(
    `select n.id, n.protocol, n.chain_id as "chainId", n.capabilities, g.rolled_height as "asOfBlock",
       g.rolled_time as "asOfTime", standing.bids as "withoutEnd"
     from network n
     left join metric_progress g on g.network_id = n.id
     cross join lateral (
       select count(*)::int as bids from price b
       where b.network_id = n.id and b.basis = 'bid' and b.time >= $2 and b.time < $3 and b.job_id is null
     ) as standing
     where n.id = $1`,
    [network, from, to],
  );
  return row;
}

export interface UnservedRow {
  /** Unix seconds. */
  readonly from: number;
  /** As a machine writes it. */
  readonly gpuModel: string | null;
  readonly resource: string | null;
  readonly unit: string;
  readonly token: string;
  readonly scale: number | null;
  readonly bids: number;
  readonly tasks: number;
  /** Base units, of each bid times its tasks. */
  readonly value: string;
  readonly lowest: string;
  readonly median: string;
  readonly highest: string;
  /** Of the newest bid. */
  readonly height: number;
  readonly at: Date;
}

/** Buckets of so many seconds, the first of which begins so many after the epoch. */
export interface Bucket {
  readonly seconds: number;
  readonly offset: number;
}

/** The last bid for each job that nobody took by its end, by indexes task_outcome_network and price_job. */
export function listUnserved(database: Database, { network, from, to }: Span, bucket: Bucket): Promise<UnservedRow[]> {
  return database.query(unserved, [network, from, to, bucket.seconds, bucket.offset]);
}

const unserved = `
  with ended as (
    select o.job_id, min(o.known_from) as at, count(*) as tasks
    from task_outcome o
    where o.network_id = $1 and o.kind = 'cancelled' and o.provider_id is null and o.known_from >= $2 and o.known_from < $3
    group by o.job_id
  )
  select (floor((extract(epoch from e.at)::int8 - $5::int8)::numeric / $4::int8) * $4::int8 + $5::int8)::int8 as "from",
    v.gpu_model as "gpuModel", b.resource, b.unit, b.token, b.scale, count(*)::int as bids, sum(e.tasks)::int8 as tasks,
    sum(b.amount * e.tasks)::text as value, min(b.amount)::text as lowest,
    percentile_disc(0.5) within group (order by b.amount)::text as median, max(b.amount)::text as highest,
    max(b.height) as height, max(b.time) as at
  from ended e
  cross join lateral (
    select p.* from price p
    where p.job_id = e.job_id and p.basis = 'bid' order by p.height desc, p.log_index desc, p.part desc limit 1
  ) as b
  left join node_version v on v.node_id = b.node_id and v.height_from <= b.height
    and (v.height_to is null or v.height_to > b.height)
  group by 1, 2, 3, 4, 5, 6
`;

export interface AskedRow {
  readonly metric: string;
  /** Id of the network or of one of its classes of hardware. */
  readonly subject: string;
  readonly day: number;
  readonly usd: string | null;
  readonly inToken: string | null;
}

/** The lowest ask of each day, by the key of metric_day. */
export function listAsked(
  database: Database,
  { network, from, to }: Span,
  metrics: readonly string[],
): Promise<AskedRow[]> {
  const toDay = (time: Date) => Math.floor(time.getTime() / 86_400_000);
  return database.query(
    `select k.id as metric, z.id as subject, m.day, trim_scale(m.num)::text as usd, m.detail ->> 'inToken' as "inToken"
     from metric_subject z
     join metric k on k.id = any($2)
     join metric_day m on m.subject_key = z.subject_key and m.metric_key = k.metric_key and m.day between $3 and $4
     where z.network_id = $1 and z.kind in ('network', 'hardware')
     order by m.day desc`,
    [network, metrics, toDay(from), toDay(to)],
  );
}
