import type pg from 'pg';
import { assert } from '../../schema/lib/assert.js';
import { writeReads } from './contractReads.js';
import { copyBinary } from './copyBinary.js';
import type { Draft } from './createDraft.js';
import { moveCursor } from './cursor.js';
import type { Content } from './prepareBatch.js';
import { type AppendedTable, appended } from './Rows.js';
import type { Batch, Lease } from './Store.js';
import { sql } from './sql.js';
import { toJobStatus } from './states.js';
import { writeVerified } from './verifiedRanges.js';

/** The statements of one batch, within a transaction of the caller's. */
export async function writeContent(
  client: pg.ClientBase,
  chainId: number,
  { lease, batch, content }: { readonly lease: Lease; readonly batch: Batch; readonly content: Content },
): Promise<void> {
  await moveCursor(client, chainId, { lease, from: batch.after, to: batch.last });
  const { rows, draft } = content;
  for (const table of Object.keys(appended) as AppendedTable[]) await copyBinary(client, rows[table]);
  await closeVersions(client, draft);
  await updateTasks(client, draft);
  await updateJobs(client, draft);
  await refoldIrregular(client, draft);
  await updateProviders(client, draft);
  await addToNetworks(client, draft);
  await addMarks(client, draft);
  await writeVerified(client, chainId, batch.verified);
  await writeReads(client, chainId, batch.reads);
}

async function closeVersions(client: pg.ClientBase, { versions }: Draft): Promise<void> {
  const { closed } = versions;
  if (closed.length === 0) return;
  const { rowCount } = await client.query({
    name: 'close-versions',
    text: `update provider_version v set height_to = u.height_to
      from unnest($1::text[], $2::int8[], $3::int8[]) as u (provider_id, height_from, height_to)
      where v.provider_id = u.provider_id and v.height_from = u.height_from`,
    values: [
      closed.map(({ provider }) => provider.id),
      closed.map(({ heightFrom }) => heightFrom),
      closed.map(({ heightTo }) => heightTo),
    ],
  });
  assert(rowCount === closed.length, 'every version that ends is stored');
}

async function updateTasks(client: pg.ClientBase, { changedTasks: tasks }: Draft): Promise<void> {
  if (tasks.length === 0) return;
  const { rowCount } = await client.query({
    name: 'update-tasks',
    text: `update task t
      set status = u.status, started_height = u.started_height, started_time = u.started_time,
        ended_height = u.ended_height, ended_time = u.ended_time, attempts = u.attempts
      from unnest($1::text[], $2::text[], $3::int8[], $4::timestamptz[], $5::int8[], $6::timestamptz[], $7::int4[])
        as u (id, status, started_height, started_time, ended_height, ended_time, attempts)
      where t.id = u.id`,
    values: [
      tasks.map(({ id }) => id),
      tasks.map(({ status }) => status),
      tasks.map(({ started }) => started?.height ?? null),
      tasks.map(({ started }) => started?.time ?? null),
      tasks.map(({ ended }) => ended?.height ?? null),
      tasks.map(({ ended }) => ended?.time ?? null),
      tasks.map(({ attempts }) => attempts),
    ],
  });
  assert(rowCount === tasks.length, 'every task that changes is stored');
}

async function updateJobs(client: pg.ClientBase, { changedJobs: jobs }: Draft): Promise<void> {
  if (jobs.length === 0) return;
  const { rowCount } = await client.query({
    name: 'update-jobs',
    text: `update job j
      set provider_id = u.provider_id, status = u.status, tasks_completed = u.completed, tasks_failed = u.failed,
        ended_height = u.ended_height, ended_time = u.ended_time
      from unnest($1::text[], $2::text[], $3::text[], $4::int4[], $5::int4[], $6::int8[], $7::timestamptz[])
        as u (id, provider_id, status, completed, failed, ended_height, ended_time)
      where j.id = u.id`,
    values: [
      jobs.map(({ id }) => id),
      jobs.map(({ provider }) => provider?.id ?? null),
      jobs.map(toJobStatus),
      jobs.map(({ completed }) => completed),
      jobs.map(({ failed }) => failed),
      jobs.map(({ ended }) => ended?.height ?? null),
      jobs.map(({ ended }) => ended?.time ?? null),
    ],
  });
  assert(rowCount === jobs.length, 'every job that changes is stored');
}

async function refoldIrregular(client: pg.ClientBase, { irregularJobs }: Draft): Promise<void> {
  if (irregularJobs.size === 0) return;
  const ids = Array.from(irregularJobs, ({ id }) => id);
  await client.query(sql.refoldTasks, [ids]);
  await client.query(sql.refoldJobs, [ids]);
}

/** Totals grow by what the batch adds; attributes become those of the version that is open now. One update a row. */
async function updateProviders(client: pg.ClientBase, { deltas, versions }: Draft): Promise<void> {
  const versionOf = new Map(Array.from(versions.last, ([{ id }, version]) => [id, version]));
  const ids = [...new Set([...deltas.providers.keys(), ...versionOf.keys()])];
  if (ids.length === 0) return;
  const totals = ids.map((id) => deltas.providers.get(id));
  const changed = ids.map((id) => versionOf.get(id));
  const { rowCount } = await client.query({
    name: 'update-providers',
    text: sql.updateProviders,
    values: [
      ids,
      totals.map((total) => total?.jobs ?? 0),
      totals.map((total) => total?.completed ?? 0),
      totals.map((total) => total?.failed ?? 0),
      totals.map((total) => total?.stake ?? 0n),
      totals.map((total) => total?.rewarded ?? 0n),
      totals.map((total) => total?.slashed ?? 0n),
      totals.map((total) => total?.paid ?? 0n),
      totals.map((total) => total?.last.height ?? null),
      totals.map((total) => total?.last.time ?? null),
      changed.map((version) => version !== undefined),
      changed.map((version) => version?.owner ?? null),
      changed.map((version) => version?.name ?? null),
      changed.map((version) => version?.uri ?? null),
      changed.map((version) => version?.active ?? null),
      changed.map((version) => version && JSON.stringify(version.terms)),
    ],
  });
  assert(rowCount === ids.length, 'every provider that changes is stored');
}

async function addToNetworks(client: pg.ClientBase, { deltas }: Draft): Promise<void> {
  for (const [id, sum] of deltas.networks) {
    await client.query({
      name: 'add-to-network',
      text: `update network
        set providers = providers + $2, nodes = nodes + $3, jobs = jobs + $4, tasks = tasks + $5,
          tasks_completed = tasks_completed + $6, tasks_failed = tasks_failed + $7, stake = stake + $8, paid = paid + $9
        where id = $1`,
      values: [
        ...[id, sum.providers, sum.nodes, sum.jobs, sum.tasks, sum.completed, sum.failed],
        ...[String(sum.stake), String(sum.paid)],
      ],
    });
  }
}

async function addMarks(client: pg.ClientBase, { deltas: { marks } }: Draft): Promise<void> {
  if (marks.length === 0) return;
  await client.query({
    name: 'add-marks',
    text: `insert into mark (family, subject, hour)
      select * from unnest($1::text[], $2::text[], $3::timestamptz[]) on conflict do nothing`,
    values: [marks.map(({ family }) => family), marks.map(({ subject }) => subject), marks.map(({ hour }) => hour)],
  });
}
