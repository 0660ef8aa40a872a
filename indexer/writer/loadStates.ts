import type pg from 'pg';
import { toBytes, toHex } from '../../schema/lib/hex.js';
import type { StateCache } from './createStateCache.js';
import { toContractKey } from './encodeBlock.js';
import type { Unknown } from './listUnknown.js';
import type { ContractRow } from './Store.js';
import type { NetworkStates, NodeVersion, ProviderVersion, TaskStatus } from './states.js';
import { toRef } from './toRef.js';
import { toStorable } from './toStorable.js';

/** Looks up in the database what is not known of one network; what is not there either stays unknown. */
export async function loadStates(
  pool: pg.Pool,
  networkId: string,
  { states, unknown }: { readonly states: NetworkStates; readonly unknown: Unknown },
): Promise<void> {
  const prefix = `${networkId}:`;
  const toIds = (natives: Iterable<string>) => Array.from(natives, (native) => toStorable(prefix + native));
  await loadTasks(pool, { states, prefix, ids: toIds(unknown.tasks), jobs: unknown.jobs });
  await loadJobs(pool, { states, prefix, ids: toIds(unknown.jobs) });
  await loadProviders(pool, { states, prefix, ids: toIds(unknown.providers) });
  await loadNodes(pool, { states, prefix, ids: toIds(unknown.nodes) });
}

interface Wanted {
  readonly states: NetworkStates;
  readonly prefix: string;
  readonly ids: readonly string[];
}

interface TaskRow {
  readonly id: string;
  readonly job_id: string;
  readonly status: TaskStatus;
  readonly started_height: number | null;
  readonly started_time: Date | null;
  readonly ended_height: number | null;
  readonly ended_time: Date | null;
  readonly attempts: number;
}

async function loadTasks(
  pool: pg.Pool,
  { states, prefix, ids, jobs }: Wanted & { readonly jobs: Set<string> },
): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await pool.query<TaskRow>({ name: 'load-tasks', text: selectTasks, values: [ids] });
  for (const row of rows) {
    const job = row.job_id.slice(prefix.length);
    if (!states.jobs.get(job)) jobs.add(job);
    states.tasks.set(row.id.slice(prefix.length), {
      ...toRef(row.id),
      job,
      status: row.status,
      started: toMoment(row.started_height, row.started_time),
      ended: toMoment(row.ended_height, row.ended_time),
      attempts: row.attempts,
      changedBy: 0,
    });
  }
}

const selectTasks = `
  select id, job_id, status, started_height, started_time, ended_height, ended_time, attempts
  from task where id = any($1)
`;

interface JobRow {
  readonly id: string;
  readonly provider_id: string | null;
  readonly volume: number;
  readonly tasks_completed: number;
  readonly tasks_failed: number;
  readonly status: string;
  readonly ended_height: number | null;
  readonly ended_time: Date | null;
  readonly tasks: number;
}

async function loadJobs(pool: pg.Pool, { states, prefix, ids }: Wanted): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await pool.query<JobRow>({ name: 'load-jobs', text: selectJobs, values: [ids] });
  for (const row of rows) {
    const native = row.id.slice(prefix.length);
    states.jobs.set(native, {
      ...toRef(row.id),
      native,
      provider: row.provider_id === null ? null : toRef(row.provider_id),
      volume: row.volume,
      completed: row.tasks_completed,
      failed: row.tasks_failed,
      begun: row.status !== 'open',
      ended: toMoment(row.ended_height, row.ended_time),
      tasks: row.tasks,
      changedBy: 0,
    });
  }
}

const selectJobs = `
  select j.id, j.provider_id, j.volume, j.tasks_completed, j.tasks_failed, j.status, j.ended_height, j.ended_time,
    (select count(*) from task t where t.job_id = j.id)::int as tasks
  from job j where j.id = any($1)
`;

interface ProviderRow extends ProviderVersion {
  readonly id: string;
  readonly height_from: number | null;
}

async function loadProviders(pool: pg.Pool, { states, prefix, ids }: Wanted): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await pool.query<ProviderRow>({ name: 'load-providers', text: selectProviders, values: [ids] });
  for (const { id, height_from, owner, name, uri, active, terms, altered } of rows) {
    const attributes = { owner, name, uri, active, terms, altered };
    const version = height_from === null ? undefined : { heightFrom: height_from, attributes };
    states.providers.set(id.slice(prefix.length), { ...toRef(id), version });
  }
}

const selectProviders = `
  select p.id, v.height_from, v.owner, v.name, v.uri, v.active, v.terms, v.altered
  from provider p left join provider_version v on v.provider_id = p.id and v.height_to is null
  where p.id = any($1)
`;

interface NodeRow extends NodeVersion {
  readonly id: string;
  readonly height_from: number | null;
}

async function loadNodes(pool: pg.Pool, { states, prefix, ids }: Wanted): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await pool.query<NodeRow>({ name: 'load-nodes', text: selectNodes, values: [ids] });
  for (const { id, height_from, ...attributes } of rows) {
    const version = height_from === null ? undefined : { heightFrom: height_from, attributes };
    states.nodes.set(id.slice(prefix.length), { ...toRef(id), version });
  }
}

const selectNodes = `
  select n.id, v.height_from, v.provider_id as provider, v.active, v.region, v.gpu_model as "gpuModel",
    v.gpu_count as "gpuCount", v.vram_mb as "vramMb", v.uri, v.terms, v.altered
  from node n left join node_version v on v.node_id = n.id and v.height_to is null
  where n.id = any($1)
`;

function toMoment(height: number | null, time: Date | null) {
  return height === null || time === null ? null : { height, time };
}

/** Which of the announced contracts are stored already. */
export async function loadContracts(
  pool: pg.Pool,
  chainId: number,
  { known, contracts }: { readonly known: StateCache<true>; readonly contracts: readonly ContractRow[] },
): Promise<void> {
  const asked = contracts.filter((contract) => !known.get(toContractKey(chainId, contract)));
  if (asked.length === 0) return;
  const { rows } = await pool.query<{ address: Buffer; network_id: string }>(
    'select address, network_id from contract where chain_id = $1 and address = any($2)',
    [chainId, asked.map(({ address }) => toBytes(address))],
  );
  for (const { address, network_id } of rows) {
    known.set(toContractKey(chainId, { address: toHex(address), networkId: network_id }), true);
  }
}
