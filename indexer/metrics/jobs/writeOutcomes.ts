import { assert } from '../../../schema/lib/assert.js';
import type { Outcome } from '../../../schema/metrics/formulas/jobs/Outcome.js';
import { CopyBuffer } from '../../writer/CopyBuffer.js';
import { copyBinary } from '../../writer/copyBinary.js';
import type { RollContext } from '../roll/RollStep.js';
import { getPosition, type OutcomeFields, outcomeColumns, toFields } from './outcomeColumns.js';

/**
 * Makes the stored outcomes of these jobs what they are to be, and touches only rows that differ. Returns the unix times from or
 * up to which an outcome that came, went or changed is known.
 */
export async function writeOutcomes(
  context: RollContext,
  jobIds: readonly string[],
  outcomes: readonly Outcome[],
): Promise<readonly number[]> {
  if (context.isRebuild) {
    await copyOutcomes(context, outcomes);
    return outcomes.flatMap(({ knownFrom, knownTo }) => (knownTo === null ? [knownFrom] : [knownFrom, knownTo]));
  }
  const stored = new Map((await listStored(context, jobIds)).map((fields) => [toKey(fields), fields]));
  const changed: OutcomeFields[] = [];
  const times: OutcomeFields[] = [];
  for (const outcome of outcomes) {
    const fields = toFields(outcome);
    const key = toKey(fields);
    const before = stored.get(key);
    stored.delete(key);
    if (before && fields.every((field, at) => field === before[at])) continue;
    changed.push(fields);
    times.push(fields, ...(before ? [before] : []));
  }
  const gone = [...stored.values()];
  await deleteOutcomes(context, gone);
  await upsertOutcomes(context, changed);
  return [...times, ...gone].flatMap(toTimes);
}

function toKey([jobId, taskId, part]: OutcomeFields): string {
  return `${jobId} ${taskId} ${part}`;
}

const [from, to] = [getPosition('known_from'), getPosition('known_to')];

function toTimes(fields: OutcomeFields): readonly number[] {
  return [fields[from], fields[to]].filter((field) => typeof field === 'string').map(Number);
}

async function listStored({ client }: RollContext, jobIds: readonly string[]): Promise<readonly OutcomeFields[]> {
  const columns = outcomeColumns.map(({ name, type }) =>
    type === 'time' ? `extract(epoch from ${name})::int8::text` : `${name}::text`,
  );
  const { rows } = await client.query({
    text: `select ${columns.join(', ')} from task_outcome where job_id = any($1)`,
    values: [jobIds],
    rowMode: 'array',
  });
  return rows as unknown as readonly OutcomeFields[];
}

async function deleteOutcomes({ client }: RollContext, rows: readonly OutcomeFields[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `delete from task_outcome o using unnest($1::text[], $2::text[], $3::smallint[]) as gone (job_id, task_id, part)
     where o.job_id = gone.job_id and o.task_id = gone.task_id and o.part = gone.part`,
    [0, 1, 2].map((at) => rows.map((fields) => fields[at])),
  );
}

async function upsertOutcomes({ client, network }: RollContext, rows: readonly OutcomeFields[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = outcomeColumns.map((_, at) => rows.map((fields) => fields[at]));
  await client.query(upsert, [network.id, network.chainId, ...columns]);
}

const names = outcomeColumns.map(({ name }) => name);
const upsert = `
  insert into task_outcome (network_id, chain_id, ${names.join(', ')})
  select $1, $2::bigint, ${outcomeColumns.map(({ name, type }) => (type === 'time' ? `to_timestamp(${name})` : name)).join(', ')}
  from unnest(${outcomeColumns.map(({ type }, at) => `$${at + 3}::${type === 'time' ? 'bigint' : type}[]`).join(', ')})
    as given (${names.join(', ')})
  on conflict (job_id, task_id, part) do update
  set ${names
    .slice(3)
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}
`;

/** Into a table that holds nothing of the network. */
async function copyOutcomes({ client, network }: RollContext, outcomes: readonly Outcome[]): Promise<void> {
  const rows = new CopyBuffer(
    `copy task_outcome (network_id, chain_id, ${names.join(', ')}) from stdin with (format binary)`,
    outcomeColumns.length + 2,
  );
  for (const outcome of outcomes) {
    rows.startRow();
    rows.text(network.id);
    rows.int64(network.chainId);
    for (const column of outcomeColumns) encode(rows, column, outcome);
  }
  await copyBinary(client, rows);
}

function encode(rows: CopyBuffer, { name, type, of }: (typeof outcomeColumns)[number], outcome: Outcome): void {
  const value = of(outcome);
  if (value === null) rows.null();
  else if (type === 'text' && typeof value === 'string') rows.text(value);
  else if (type === 'boolean' && typeof value === 'boolean') rows.boolean(value);
  else if (type === 'numeric' && typeof value === 'bigint') rows.numeric(String(value));
  else {
    assert(typeof value === 'number', `${name} is a ${type}, got a ${typeof value}`);
    if (type === 'smallint') rows.int16(value);
    else if (type === 'integer') rows.int32(value);
    else if (type === 'bigint') rows.int64(value);
    else rows.time(new Date(value * 1000));
  }
}
