import type pg from 'pg';
import { matchGpu } from '../../schema/hardware/matchGpu.js';
import { assert } from '../../schema/lib/assert.js';
import type { SubjectKind } from '../../schema/metrics/MetricDefinition.js';

export interface Subject {
  readonly kind: SubjectKind;
  /** Public id; of hardware and regions see `toHardwareId` and `toRegionId`. */
  readonly id: string;
}

/** Numbers of subjects by `toSubjectKey`. */
export type SubjectKeys = ReadonlyMap<string, number>;

export function toSubjectKey({ kind, id }: Subject): string {
  return `${kind} ${id}`;
}

/**
 * The class of a machine: the canonical model of the catalogue, whatever way it is written. What the catalogue does not know, names
 * twice, or was never said is `unknown`: one class, so that nobody makes a class of his own by a new spelling.
 */
export function toHardwareId(networkId: string, gpuModel: string | null): string {
  return `${networkId}:gpu:${toHardwareClass(gpuModel)}`;
}

export function toHardwareClass(gpuModel: string | null): string {
  return matchGpu(gpuModel ?? '').model?.id ?? 'unknown';
}

/** A region as its machines say it. */
export function toRegionId(networkId: string, region: string): string {
  return `${networkId}:region:${region}`;
}

/**
 * The number of every subject, each of which is made where it is missing; those that have one keep it. Only what is missing is
 * inserted, as a conflict would use up a number.
 */
export async function ensureSubjects(
  client: pg.ClientBase,
  networkId: string,
  subjects: readonly Subject[],
): Promise<SubjectKeys> {
  const wanted = new Map(subjects.map((subject) => [toSubjectKey(subject), subject]));
  const known = await listKeys(client, [...wanted.values()]);
  const missing = [...wanted].filter(([key]) => !known.has(key)).map(([, subject]) => subject);
  if (missing.length === 0) return known;
  await client.query(
    `insert into metric_subject (kind, id, network_id)
     select kind, id, $3 from unnest($1::text[], $2::text[]) as given (kind, id) order by kind, id
     on conflict (kind, id) do nothing`,
    [missing.map(({ kind }) => kind), missing.map(({ id }) => id), networkId],
  );
  const made = await listKeys(client, missing);
  // One roller writes at a time; in a repeatable-read transaction what another one had made meanwhile would stay out of sight.
  assert(made.size === missing.length, `a number for each of ${missing.length} subjects of ${networkId}`);
  return new Map([...known, ...made]);
}

async function listKeys(client: pg.ClientBase, subjects: readonly Subject[]): Promise<Map<string, number>> {
  const { rows } = await client.query<{ kind: SubjectKind; id: string; subject_key: number }>(
    `select s.kind, s.id, s.subject_key
     from unnest($1::text[], $2::text[]) as given (kind, id)
     join metric_subject s on s.kind = given.kind and s.id = given.id`,
    [subjects.map(({ kind }) => kind), subjects.map(({ id }) => id)],
  );
  return new Map(rows.map(({ kind, id, subject_key }) => [toSubjectKey({ kind, id }), subject_key]));
}
