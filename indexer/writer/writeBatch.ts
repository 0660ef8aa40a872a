import type pg from 'pg';
import { assert } from '../../schema/lib/assert.js';
import { toNounId } from '../../schema/lib/ids.js';
import type { CanonicalEvent } from '../events/CanonicalEvent.js';
import type { AdaptedLog, BrokenLog, Header } from '../events/logs.js';
import type { Batch } from './Batch.js';
import { copyRows } from './copyRows.js';
import { moveCursor } from './cursor.js';
import { mergeNouns } from './mergeNouns.js';
import { sql } from './sql.js';
import {
  attemptColumns,
  blockColumns,
  eventColumns,
  jobColumns,
  nodeColumns,
  payoutColumns,
  providerColumns,
  quarantineColumns,
  stakeChangeColumns,
  stepColumns,
  taskColumns,
  verificationColumns,
} from './tables.js';
import { type Known, type Rows, toRows } from './toRows.js';
import { transact } from './transact.js';
import { writeVersions } from './writeVersions.js';

/**
 * Writes a batch: events, rows, totals, marks, quarantine and cursor in one transaction, or nothing. Fails with
 * CursorMovedError when another indexer was faster.
 */
export async function writeBatch(pool: pg.Pool, batch: Batch): Promise<void> {
  await transact(pool, async (client) => {
    await moveCursor(client, batch.chainId, batch.after, batch.last);
    const blocks = batch.headers.map((header) => toBlockRow(batch.chainId, header));
    await copyRows(client, 'block', blockColumns, blocks);
    if (batch.logs.length > 0) await writeFacts(client, batch);
    await writeQuarantine(client, batch);
  });
}

async function writeFacts(client: pg.ClientBase, batch: Batch): Promise<void> {
  const times = new Map(batch.headers.map((header) => [header.height, header.time]));
  const timeOf = (height: number): Date => {
    const time = times.get(height);
    assert(time, `block ${height} holds logs and has no header in its batch`);
    return time;
  };
  const rows = toRows(batch.chainId, batch.logs, await findKnown(client, batch.logs), timeOf);
  await appendRows(client, rows);
  await writeVersions(client, rows.versions);
  const jobs = [...new Set(rows.steps.map((step) => step.job_id))];
  await client.query(sql.refoldTasks, [jobs]);
  await client.query(sql.refoldJobs, [jobs]);
  const heights = [batch.chainId, batch.from, batch.last.height];
  await client.query(sql.addProviderDeltas, heights);
  await client.query(sql.addNetworkDeltas, heights);
  await client.query(sql.addTotals, [...heights, 1]);
  await client.query(sql.addMarks, heights);
}

async function appendRows(client: pg.ClientBase, rows: Rows): Promise<void> {
  const born = [...rows.providers.values()].map((row) => ({ ...row, last_height: row.height, last_time: row.time }));
  await mergeNouns(client, 'provider', providerColumns, born);
  await mergeNouns(client, 'node', nodeColumns, [...rows.nodes.values()]);
  await mergeNouns(client, 'job', jobColumns, rows.jobs);
  await mergeNouns(client, 'task', taskColumns, rows.tasks);
  await copyRows(client, 'event', eventColumns, rows.events);
  await copyRows(client, 'job_step', stepColumns, rows.steps);
  await copyRows(client, 'attempt', attemptColumns, rows.attempts);
  await copyRows(client, 'verification', verificationColumns, rows.verifications);
  await copyRows(client, 'payout', payoutColumns, rows.payouts);
  await copyRows(client, 'stake_change', stakeChangeColumns, rows.stakeChanges);
}

/** Looks up the jobs of tasks that earlier batches created, and who runs them. */
async function findKnown(client: pg.ClientBase, logs: readonly AdaptedLog[]): Promise<Known> {
  const tasks = new Set<string>();
  const jobs = new Set<string>();
  for (const { decoded, events, subject } of logs) {
    const network = decoded.network.definition.id;
    for (const named of [...events.map(toNamed), subject ?? {}]) {
      if (named.task) tasks.add(toNounId(network, named.task));
      if (named.job) jobs.add(toNounId(network, named.job));
    }
  }
  const { rows } = await client.query<{ task_id: string | null; job_id: string; provider_id: string | null }>(
    `select t.id as task_id, j.id as job_id, j.provider_id
     from task t join job j on j.id = t.job_id where t.id = any($1)
     union all
     select null, id, provider_id from job where id = any($2)`,
    [[...tasks], [...jobs]],
  );
  const known: Known = { jobOfTask: new Map(), providerOfJob: new Map() };
  for (const { task_id, job_id, provider_id } of rows) {
    if (task_id) known.jobOfTask.set(task_id, job_id);
    known.providerOfJob.set(job_id, provider_id);
  }
  return known;
}

function toNamed(event: CanonicalEvent): { readonly task?: string; readonly job?: string } {
  return { task: 'task' in event ? event.task : undefined, job: 'job' in event ? event.job : undefined };
}

async function writeQuarantine(client: pg.ClientBase, batch: Batch): Promise<void> {
  const times = new Map(batch.headers.map((header) => [header.height, header.time]));
  const rows = batch.broken.map((broken) => toQuarantineRow(batch.chainId, broken, times.get(broken.log.height)));
  await copyRows(client, 'quarantine', quarantineColumns, rows);
}

function toQuarantineRow(chainId: number, { log, network, stage, reason }: BrokenLog, time: Date | undefined): object {
  return {
    chain_id: chainId,
    height: log.height,
    log_index: log.logIndex,
    block_hash: log.blockHash,
    tx_hash: log.txHash,
    network_id: network.definition.id,
    address: log.address,
    topics: log.topics,
    data: log.data,
    stage,
    reason,
    time,
  };
}

function toBlockRow(chainId: number, header: Header): object {
  return {
    chain_id: chainId,
    height: header.height,
    hash: header.hash,
    parent_hash: header.parentHash,
    time: header.time,
  };
}
