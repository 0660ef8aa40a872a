import type pg from 'pg';
import { assert } from '../../../schema/lib/assert.js';
import {
  type JobFacts,
  type PaymentFact,
  type SlashFact,
  type StepFact,
  stepKinds,
  type TaskFact,
} from '../../../schema/metrics/formulas/jobs/JobFacts.js';
import { sql } from './sql.js';

/** What the chain says of these jobs up to a height; of those that are not there, nothing. In the order of the ids. */
export async function loadJobFacts(
  client: pg.ClientBase,
  ids: readonly string[],
  { height }: { readonly height: number },
): Promise<readonly JobFacts[]> {
  const ask = async <Row extends readonly unknown[]>(text: string): Promise<readonly Row[]> =>
    (await client.query({ text, values: [ids, height], rowMode: 'array' })).rows as unknown as readonly Row[];
  const jobs = await ask<JobRow>(listJobs);
  const tasks = await ask<TaskRow>(listTasks);
  const steps = await ask<StepRow>(sql.listSteps);
  const slashes = await ask<SlashRow>(listSlashes);
  const payments = await ask<PaymentRow>(sql.listPayments);
  const drafts = new Map<number, Draft>(jobs.map((row) => [Number(row[0]), toDraft(row)]));
  for (const [number, id, at] of tasks) drafts.get(Number(number))?.tasks.push({ id, height: Number(at) });
  for (const row of steps) drafts.get(Number(row[0]))?.steps.push(toStep(row));
  for (const row of slashes) drafts.get(Number(row[0]))?.slashes.push(toSlash(row));
  for (const row of payments) {
    const draft = drafts.get(Number(row[0]));
    const payment = draft && toPayment(row, draft);
    if (payment) draft.payments.push(payment);
  }
  return [...drafts.values()];
}

interface Draft extends JobFacts {
  readonly tasks: TaskFact[];
  readonly steps: StepFact[];
  readonly slashes: SlashFact[];
  readonly payments: PaymentFact[];
}

type JobRow = readonly [
  number: string,
  id: string,
  buyer: string | null,
  deadline: number | null,
  price: string | null,
  scale: number | null,
];

/** A deadline is passed in the whole second that it lies before. No protocol tells a promise beside it. */
const listJobs = `
  select asked.number, j.id, j.buyer, ceil(extract(epoch from j.deadline))::float8, j.price::text, j.price_scale
  from unnest($1::text[]) with ordinality as asked (id, number)
  join job j on j.id = asked.id and j.height <= $2
  order by asked.number
`;

function toDraft([, id, buyer, deadline, price, priceScale]: JobRow): Draft {
  return {
    ...{ id, buyer, deadline, promisedSeconds: null, priceScale },
    price: price === null ? null : BigInt(price),
    ...{ tasks: [], steps: [], slashes: [], payments: [] },
  };
}

type TaskRow = readonly [number: string, id: string, height: number];

const listTasks = `
  select asked.number, t.id, t.height
  from unnest($1::text[]) with ordinality as asked (id, number)
  join task t on t.job_id = asked.id and t.height <= $2
  order by asked.number, t.position, t.id
`;

type StepRow = readonly [
  number: string,
  height: number,
  logIndex: number,
  part: number,
  time: number,
  kind: string,
  taskId: string | null,
  nodeId: string | null,
  providerId: string | null,
  gpuModel: string | null,
  gpus: number | null,
  region: string | null,
  rejected: 'task' | 'node' | null,
];

function toStep(row: StepRow): StepFact {
  const [, height, logIndex, part, time, kind, taskId, nodeId, providerId, gpuModel, gpus, region, rejected] = row;
  const known = stepKinds.find((other) => other === kind);
  assert(known, `a step is one of ${stepKinds.join(', ')}, got ${kind}`);
  // One by one: of a million jobs there are millions.
  return {
    height: Number(height),
    logIndex,
    part,
    time,
    kind: known,
    taskId,
    nodeId,
    providerId,
    gpuModel,
    gpus,
    region,
    rejected,
  };
}

type SlashRow = readonly [
  number: string,
  height: number,
  logIndex: number,
  part: number,
  time: number,
  taskId: string,
  providerId: string | null,
  isProviders: boolean,
];

/** One without effect on the bonded stake is a share of one that is told besides, or a worker's. */
const listSlashes = `
  select asked.number, c.height, c.log_index, c.part, extract(epoch from c.time)::float8, c.task_id, c.provider_id, c.delta <> 0
  from unnest($1::text[]) with ordinality as asked (id, number)
  join task t on t.job_id = asked.id
  join stake_change c on c.task_id = t.id and c.kind = 'slashed' and c.height <= $2
`;

function toSlash([, height, logIndex, part, time, taskId, providerId, isProviders]: SlashRow): SlashFact {
  return { height: Number(height), logIndex, part, time, taskId, providerId, isProviders };
}

type PaymentRow = readonly [
  number: string,
  taskId: string | null,
  height: number,
  time: number,
  paid: string,
  fee: string,
];

/** Pay that names the job alone is that of its task, where it has one. */
function toPayment([, task, height, time, paid, fee]: PaymentRow, { tasks }: Draft): PaymentFact | undefined {
  const taskId = task ?? (tasks.length === 1 ? tasks[0]?.id : undefined);
  return taskId === undefined
    ? undefined
    : { taskId, height: Number(height), time, paid: BigInt(paid), fee: BigInt(fee) };
}
