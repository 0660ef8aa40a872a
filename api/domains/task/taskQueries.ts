import type { Database } from '../../database/createDatabase.js';
import { isTaskOverdue, joinDeadline, taskStatus } from '../../database/overdue.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import { type EventKey, withEventIds } from '../../database/withEventIds.js';

/** What resolvers read of a task; the other columns leave under the names they are selected with. */
export interface TaskRow {
  readonly id: string;
  readonly jobId: string;
  readonly networkId: string;
}

export interface AttemptRow extends EventKey {
  readonly jobId: string;
  readonly providerId: string | null;
}

export interface VerificationRow extends EventKey {
  readonly networkId: string;
  readonly providerId: string | null;
}

const joinJob = `join job j on j.id = t.job_id ${joinDeadline}`;

export const tasks = {
  columns: `
    t.id, t.job_id as "jobId", t.network_id as "networkId", t.position as index, t.native_id as "nativeId",
    ${taskStatus} as status, ${isTaskOverdue} as derived, t.started_time as "startedAt", t.ended_time as "endedAt",
    t.height as "createdHeight", t.attempts as "attemptCount"
  `,
  from: `from task t ${joinJob}`,
  lookup: { rows: 'from task t', alias: 't', join: joinJob, isNamed: /\b[jnc]\./ },
};

export const attempts = {
  columns: `
    u.chain_id as "chainId", u.height, u.log_index as "logIndex", u.part, u.job_id as "jobId", u.task_id as task,
    u.provider_id as "providerId", u.node_id as node, u.time as at
  `,
  from: 'from attempt u',
};

export const verifications = {
  columns: `
    v.chain_id as "chainId", v.height, v.log_index as "logIndex", v.part, v.network_id as "networkId",
    v.provider_id as "providerId", v.job_id as job, v.task_id as task, v.mechanism, v.result, v.node_id as node,
    v.time as at
  `,
  from: 'from verification v',
};

export function listTasksOfJobs(database: Database, keys: readonly ParentKey[]): Promise<ChildRow<TaskRow>[]> {
  return database.query(
    perParent(`
      select ${tasks.columns} ${tasks.from}
      where t.job_id = k.parent
      order by t.position, t.id
    `),
    toParentParameters(keys),
  );
}

export async function listAttemptsOfTasks(
  database: Database,
  keys: readonly ParentKey[],
): Promise<ChildRow<AttemptRow>[]> {
  const rows = await database.query<ChildRow<AttemptRow>>(
    perParent(`
      select ${attempts.columns} ${attempts.from}
      where u.task_id = k.parent
      order by u.height, u.log_index, u.part
    `),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}

export async function listVerificationsOfTasks(
  database: Database,
  keys: readonly ParentKey[],
): Promise<ChildRow<VerificationRow>[]> {
  const rows = await database.query<ChildRow<VerificationRow>>(
    perParent(`
      select ${verifications.columns} ${verifications.from}
      where v.task_id = k.parent
      order by v.height, v.log_index, v.part
    `),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}
