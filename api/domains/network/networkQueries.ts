import type { Database } from '../../database/createDatabase.js';
import { countOverdueTasks } from '../../database/overdue.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import { ifRecorded } from '../../database/records.js';

/** What resolvers read of a network; the other columns leave under the names they are selected with. */
export interface NetworkRow {
  readonly id: string;
  readonly chainId: number;
  readonly capabilities: Readonly<Record<string, true | string>>;
  readonly conservation: Readonly<Record<string, unknown>>;
  readonly workTokenId: string | null;
  readonly stakeTokenId: string | null;
}

export const networks = {
  columns: `
  n.id, n.chain_id as "chainId", n.protocol, n.title, n.summary, n.recorded, n.notice, n.capabilities,
  n.conservation, n.work_token as "workTokenId", n.stake_token as "stakeTokenId", n.providers as "providerCount",
  ${ifRecorded('nodes', 'n.nodes')} as "nodeCount",
  ${ifRecorded('jobs', 'n.jobs')} as "jobCount",
  ${ifRecorded('jobs', 'n.tasks')} as "taskCount",
  ${ifRecorded('jobs', 'n.tasks_completed')} as "tasksCompleted",
  ${ifRecorded('stake', 'n.stake')} as stake,
  ${ifRecorded('payout', 'n.paid')} as paid
`,
  from: 'from network n',
};

const select = `select ${networks.columns} ${networks.from}`;

export function listNetworksById(database: Database, ids: readonly string[]): Promise<NetworkRow[]> {
  return database.query(`${select} where n.id = any($1)`, [ids]);
}

/** Apart from the rest, for it looks through jobs that nobody has ended: by index job_unended. */
export function listFailedOfNetworks(database: Database, ids: readonly string[]): Promise<FailedRow[]> {
  return database.query(
    `select n.id, ${ifRecorded('jobs', `n.tasks_failed + ${countOverdueTasks('true')}`)} as failed
    from network n join chain c on c.chain_id = n.chain_id where n.id = any($1)`,
    [ids],
  );
}

/** Tasks that failed, of a noun; null where its network records none. */
export interface FailedRow {
  readonly id: string;
  readonly failed: number | null;
}

export function listNetworksOfChains(database: Database, keys: readonly ParentKey[]): Promise<ChildRow<NetworkRow>[]> {
  return database.query(
    perParent(`${select} where n.chain_id = k.parent::bigint order by n.id`),
    toParentParameters(keys),
  );
}

/** Anybody may write any text: who names many places is not heard before those that many machines name. */
export const MAX_REGIONS = 50;

export interface RegionsRow {
  readonly id: string;
  readonly regions: readonly string[];
}

/** Of machines on offer, those of most machines first. */
export function listRegionsOfNetworks(database: Database, ids: readonly string[]): Promise<RegionsRow[]> {
  return database.query(
    `select id, array_agg(region order by place) as regions
     from (
       select m.network_id as id, trim(m.region) as region,
         row_number() over (partition by m.network_id order by count(*) desc, trim(m.region)) as place
       from node m
       where m.network_id = any($1) and trim(m.region) <> '' and m.active is not false
       group by m.network_id, trim(m.region)
     ) as named
     where place <= $2
     group by id`,
    [ids, MAX_REGIONS],
  );
}
