import { key } from './i18n/text.js';

/** What a provider did before with jobs like one, from the jobs it did last. */

export interface PastJob {
  readonly id: string;
  readonly status: string;
  readonly volume: number;
  readonly tasksCompleted: number;
  readonly tasksFailed: number;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
}

export interface LikeRecord {
  /** A text of the catalogue that ends "… of its last jobs". */
  readonly likeness: string;
  /** Of its last jobs, without this one. */
  readonly looked: number;
  readonly like: number;
  /** Like ones that are over. */
  readonly ended: number;
  readonly tasksCompleted: number;
  readonly tasksFailed: number;
  /** From agreement to end, the middle one; null: none has an end on chain. */
  readonly medianSeconds: number | null;
}

/** By what jobs are alike, the most telling first; a protocol that says none of it has jobs that are alike by their provider alone. */
const likenesses = [
  { attribute: 'app', text: key('The same application') },
  { attribute: 'instance', text: key('The same kind of machine') },
  { attribute: 'offerOf', text: key('The same offer') },
];
const anyJob = key('Any job of this provider');

export function toLikeRecord(
  job: { readonly id: string; readonly attributes: PastJob['attributes'] },
  past: readonly PastJob[],
): LikeRecord {
  const others = past.filter(({ id }) => id !== job.id);
  const by = likenesses.find(({ attribute }) => findValue(job, attribute) !== undefined);
  const value = by && findValue(job, by.attribute);
  const like = by ? others.filter((other) => findValue(other, by.attribute) === value) : others;
  const ended = like.filter(({ status }) => !['open', 'running'].includes(status));
  const seconds = ended
    .flatMap(({ createdAt, endedAt }) => (endedAt ? [(Date.parse(endedAt) - Date.parse(createdAt)) / 1_000] : []))
    .sort((one, other) => one - other);
  return {
    likeness: by?.text ?? anyJob,
    ...{ looked: others.length, like: like.length, ended: ended.length },
    tasksCompleted: ended.reduce((sum, one) => sum + one.tasksCompleted, 0),
    tasksFailed: ended.reduce((sum, one) => sum + one.tasksFailed, 0),
    medianSeconds: seconds[Math.floor((seconds.length - 1) / 2)] ?? null,
  };
}

function findValue({ attributes }: Pick<PastJob, 'attributes'>, name: string): string | undefined {
  return attributes.find((one) => one.name === name)?.value;
}
