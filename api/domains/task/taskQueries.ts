import type { Database } from '../../database/createDatabase.js';
import { isTaskOverdue, joinDeadline, taskStatus } from '../../database/overdue.js';
import { type ChildRow, type ParentKey, perParent, toParentParameters } from '../../database/perParent.js';
import { type EventKey, withEventIds } from '../../database/withEventIds.js';

/** What resolvers read of a task; the other columns leave under the names they are selected with. */
export interface TaskRow {
  readonly id: string;
}

export interface AttemptRow extends EventKey {
  readonly providerId: string | null;
}

export function listTasksOfJobs(database: Database, keys: readonly ParentKey[]): Promise<ChildRow<TaskRow>[]> {
  return database.query(
    perParent(`
      select t.id, t.position as index, t.native_id as "nativeId", ${taskStatus} as status, ${isTaskOverdue} as derived,
        t.started_time as "startedAt", t.ended_time as "endedAt"
      from task t join job j on j.id = t.job_id ${joinDeadline}
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
      select a.chain_id as "chainId", a.height, a.log_index as "logIndex", a.part, a.provider_id as "providerId",
        a.node_id as node, a.time as at
      from attempt a
      where a.task_id = k.parent
      order by a.height, a.log_index, a.part
    `),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}

export async function listVerificationsOfTasks(
  database: Database,
  keys: readonly ParentKey[],
): Promise<ChildRow<EventKey>[]> {
  const rows = await database.query<ChildRow<EventKey>>(
    perParent(`
      select v.chain_id as "chainId", v.height, v.log_index as "logIndex", v.part, v.mechanism, v.result,
        v.node_id as node, v.time as at
      from verification v
      where v.task_id = k.parent
      order by v.height, v.log_index, v.part
    `),
    toParentParameters(keys),
  );
  return withEventIds(rows);
}
