import type { Database } from '../../database/createDatabase.js';
import { isOverdue, jobStatus, jobTasksFailed, joinDeadline } from '../../database/overdue.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import { ifRecorded } from '../../database/records.js';
import { type EventKey, withEventIds } from '../../database/withEventIds.js';
import type { PriceRow } from '../token/Price.js';
import type { FactPlace } from '../usd/usdQueries.js';

/** What resolvers read of a job; the other columns leave under the names they are selected with. */
export interface JobRow extends JobPlace {
  readonly id: string;
  readonly networkId: string;
  readonly providerId: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly priceAmount: string | null;
  readonly providerPriceAmount: string | null;
  readonly priceTokenId: string | null;
  readonly priceUnit: string | null;
  readonly priceScale: number | null;
}

export interface JobPlace {
  readonly chainId: number;
  readonly createdHeight: number;
  readonly createdAt: Date;
}

/** Before the block in which it was agreed: its row does not keep which log of that block it was. */
export function toPlaceOfJob({ chainId, createdHeight, createdAt }: JobPlace): FactPlace {
  return { chainId, height: createdHeight, logIndex: -1, at: createdAt };
}

export const jobs = {
  columns: `
  j.id, j.chain_id as "chainId", j.network_id as "networkId", j.native_id as "nativeId", j.provider_id as "providerId", j.buyer,
  ${jobStatus} as status, ${isOverdue} as derived,
  j.volume, j.tasks_completed as "tasksCompleted", ${jobTasksFailed} as "tasksFailed", j.attributes,
  j.price as "priceAmount", j.provider_price as "providerPriceAmount", j.price_token as "priceTokenId", j.price_unit as "priceUnit",
  j.price_scale as "priceScale",
  j.time as "createdAt", j.height as "createdHeight", j.deadline, j.ended_time as "endedAt"
`,
  from: `from job j ${joinDeadline}`,
  lookup: { rows: 'from job j', alias: 'j', join: joinDeadline, isNamed: /\b[nc]\./ },
};

const select = `select ${jobs.columns} ${jobs.from}`;

export function listJobsById(database: Database, ids: readonly string[]): Promise<JobRow[]> {
  return database.query(`${select} where j.id = any($1)`, [ids]);
}

export function listJobsOfProviders(database: Database, keys: readonly ParentKey[]): Promise<ChildRow<JobRow>[]> {
  return database.query(
    perParent(`${select} where j.provider_id = k.parent order by j.time desc, j.id`),
    toParentParameters(keys),
  );
}

/** Pay for work in the network's work token; penalties, bonuses and withdrawals are no pay for work. */
export function listPaidByJob(
  database: Database,
  jobIds: readonly string[],
): Promise<{ readonly id: string; readonly paid: string | null }[]> {
  return database.query(
    `select j.id, ${ifRecorded('payout', 'coalesce(work.paid, 0)')} as paid
    from job j
    join network n on n.id = j.network_id
    cross join lateral (
      select sum(p.amount) as paid from payout p
      where p.job_id = j.id and p.token = n.work_token and p.for_work
    ) as work
    where j.id = any($1)`,
    [jobIds],
  );
}

/** The last price that a log of its own settled for a job, by index price_job. */
export async function listSettledPrices(
  database: Database,
  jobIds: readonly string[],
): Promise<(PriceRow & { readonly id: string })[]> {
  const rows = await database.query<Omit<PriceRow, 'place' | 'gpuCount'> & FactPlace & { readonly id: string }>(
    `select k.id, settled.* from unnest($1::text[]) as k (id) cross join lateral (
      select p.amount, p.token as "tokenId", p.unit, p.scale, p.chain_id as "chainId", p.height,
        p.log_index as "logIndex", p.time as at
      from price p
      where p.job_id = k.id and p.basis = 'settled'
      order by p.height desc, p.log_index desc, p.part desc limit 1
    ) as settled`,
    [jobIds],
  );
  return rows.map(({ chainId, height, logIndex, at, ...row }) => ({
    ...{ ...row, place: { chainId, height, logIndex, at }, gpuCount: null },
  }));
}

export async function listStepsOfJobs(database: Database, keys: readonly ParentKey[]): Promise<ChildRow<EventKey>[]> {
  const rows = await database.query<ChildRow<EventKey>>(
    perParent(`
      select s.chain_id as "chainId", s.height, s.log_index as "logIndex", s.part, s.kind, s.time as at,
        s.tx_hash as transaction, s.task_id as task, s.node_id as node
      from job_step s
      where s.job_id = k.parent
      order by s.height, s.log_index, s.part
    `),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}
