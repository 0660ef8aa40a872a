import type { Database } from '../../database/createDatabase.js';

/** The two scores between which something is explained: the last ones up to two hours of unix time. */
export interface ScorePair {
  readonly networkId: string;
  /** Null: there was none yet. */
  readonly from: number | null;
  readonly to: number | null;
}

/** Undefined: nobody has scored that provider. By the key of table score. */
export async function findScorePair(
  database: Database,
  { providerId, from, to }: { readonly providerId: string; readonly from: number; readonly to: number },
): Promise<ScorePair | undefined> {
  const [pair] = await database.query<ScorePair>(
    `select s.network_id as "networkId",
       (select hour from score where subject_key = s.subject_key and hour <= $2 order by hour desc limit 1) as "from",
       (select hour from score where subject_key = s.subject_key and hour <= $3 order by hour desc limit 1) as "to"
     from metric_subject s where s.kind = 'provider' and s.id = $1`,
    [providerId, from, to],
  );
  return pair;
}

/** The jobs that tasks are of. */
export function listJobsOfTasks(
  database: Database,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly jobId: string }[]> {
  return database.query('select id, job_id as "jobId" from task where id = any($1)', [ids]);
}
