import type { Draft } from './createDraft.js';
import { type Step, toArray, type Value } from './sendPipeline.js';
import { sql } from './sql.js';
import { toJobStatus } from './states.js';
import type { VersionChanges } from './versions.js';

/** An update of so many rows, all of which must be there. */
export interface Update {
  readonly what: string;
  readonly rows: number;
  readonly text: string;
  readonly values: readonly Value[];
}

/** What a batch changes in rows that are there before it, and what it notes. */
export interface Changes {
  readonly updates: readonly Update[];
  /** After all updates, for they read what those wrote. */
  readonly statements: readonly Step[];
}

/**
 * As values, taken when the batch ends and not when it is written: by then the next one may have changed the same
 * states.
 */
export function toChanges(draft: Draft): Changes {
  const updates = [
    closeVersions('provider', draft.providerVersions),
    closeVersions('node', draft.nodeVersions),
    updateTasks(draft),
    updateJobs(draft),
    updateProviders(draft),
    updateNodes(draft),
    ...addToNetworks(draft),
  ];
  return {
    updates: updates.filter(({ rows }) => rows > 0),
    statements: [...refoldIrregular(draft), ...toMarks(draft)],
  };
}

function closeVersions(noun: 'provider' | 'node', { closed }: VersionChanges<unknown>): Update {
  return {
    what: `every version of a ${noun}`,
    rows: closed.length,
    text: `update ${noun}_version v set height_to = u.height_to
      from unnest($1::text[], $2::int8[], $3::int8[]) as u (id, height_from, height_to)
      where v.${noun}_id = u.id and v.height_from = u.height_from`,
    values: [
      toArray(closed.map(({ noun: { id } }) => id)),
      toArray(closed.map(({ heightFrom }) => heightFrom)),
      toArray(closed.map(({ heightTo }) => heightTo)),
    ],
  };
}

function updateTasks({ changedTasks: tasks }: Draft): Update {
  return {
    what: 'every task',
    rows: tasks.length,
    text: `update task t
      set status = u.status, started_height = u.started_height, started_time = u.started_time,
        ended_height = u.ended_height, ended_time = u.ended_time, attempts = u.attempts
      from unnest($1::text[], $2::text[], $3::int8[], $4::timestamptz[], $5::int8[], $6::timestamptz[], $7::int4[])
        as u (id, status, started_height, started_time, ended_height, ended_time, attempts)
      where t.id = u.id`,
    values: [
      toArray(tasks.map(({ id }) => id)),
      toArray(tasks.map(({ status }) => status)),
      toArray(tasks.map(({ started }) => started?.height)),
      toArray(tasks.map(({ started }) => started?.time)),
      toArray(tasks.map(({ ended }) => ended?.height)),
      toArray(tasks.map(({ ended }) => ended?.time)),
      toArray(tasks.map(({ attempts }) => attempts)),
    ],
  };
}

function updateJobs({ changedJobs: jobs }: Draft): Update {
  return {
    what: 'every job',
    rows: jobs.length,
    text: `update job j
      set provider_id = u.provider_id, status = u.status, tasks_completed = u.completed, tasks_failed = u.failed,
        ended_height = u.ended_height, ended_time = u.ended_time
      from unnest($1::text[], $2::text[], $3::text[], $4::int4[], $5::int4[], $6::int8[], $7::timestamptz[])
        as u (id, provider_id, status, completed, failed, ended_height, ended_time)
      where j.id = u.id`,
    values: [
      toArray(jobs.map(({ id }) => id)),
      toArray(jobs.map(({ provider }) => provider?.id)),
      toArray(jobs.map(toJobStatus)),
      toArray(jobs.map(({ completed }) => completed)),
      toArray(jobs.map(({ failed }) => failed)),
      toArray(jobs.map(({ ended }) => ended?.height)),
      toArray(jobs.map(({ ended }) => ended?.time)),
    ],
  };
}

function refoldIrregular({ irregularJobs }: Draft): readonly Step[] {
  if (irregularJobs.size === 0) return [];
  const values = [toArray(Array.from(irregularJobs, ({ id }) => id))];
  return [
    { kind: 'statement', text: sql.refoldTasks, values },
    { kind: 'statement', text: sql.refoldJobs, values },
  ];
}

/** Totals grow by what the batch adds; attributes become those of the version that is open now. One update a row. */
function updateProviders({ deltas, providerVersions: { last } }: Draft): Update {
  const versionOf = new Map(Array.from(last, ([{ id }, { attributes }]) => [id, attributes]));
  const ids = [...new Set([...deltas.providers.keys(), ...versionOf.keys()])];
  const totals = ids.map((id) => deltas.providers.get(id));
  const changed = ids.map((id) => versionOf.get(id));
  const values = [
    toArray(ids),
    toArray(totals.map((total) => total?.jobs ?? 0)),
    toArray(totals.map((total) => total?.completed ?? 0)),
    toArray(totals.map((total) => total?.failed ?? 0)),
    toArray(totals.map((total) => total?.stake ?? 0n)),
    toArray(totals.map((total) => total?.rewarded ?? 0n)),
    toArray(totals.map((total) => total?.slashed ?? 0n)),
    toArray(totals.map((total) => total?.paid ?? 0n)),
    toArray(totals.map((total) => total?.last?.height)),
    toArray(totals.map((total) => total?.last?.time)),
    toArray(changed.map((version) => version !== undefined)),
    toArray(changed.map((version) => version?.owner)),
    toArray(changed.map((version) => version?.name)),
    toArray(changed.map((version) => version?.uri)),
    toArray(changed.map((version) => version?.active)),
    toArray(changed.map((version) => version && JSON.stringify(version.terms))),
    toArray(changed.map((version) => version && JSON.stringify(version.altered))),
  ];
  return { what: 'every provider', rows: ids.length, text: sql.updateProviders, values };
}

/** Attributes become those of the version that is open now. */
function updateNodes({ nodeVersions: { last } }: Draft): Update {
  const ids = Array.from(last.keys(), ({ id }) => id);
  const changed = Array.from(last.values(), ({ attributes }) => attributes);
  return {
    what: 'every node',
    rows: ids.length,
    text: `update node n
      set provider_id = u.provider_id, active = u.active, region = u.region, gpu_model = u.gpu_model,
        gpu_count = u.gpu_count, vram_mb = u.vram_mb, uri = u.uri, terms = u.terms,
        altered = u.altered
      from unnest($1::text[], $2::text[], $3::boolean[], $4::text[], $5::text[], $6::int4[], $7::int4[], $8::text[],
        $9::jsonb[], $10::jsonb[])
        as u (id, provider_id, active, region, gpu_model, gpu_count, vram_mb, uri, terms, altered)
      where n.id = u.id`,
    values: [
      toArray(ids),
      toArray(changed.map(({ provider }) => provider)),
      toArray(changed.map(({ active }) => active)),
      toArray(changed.map(({ region }) => region)),
      toArray(changed.map(({ gpuModel }) => gpuModel)),
      toArray(changed.map(({ gpuCount }) => gpuCount)),
      toArray(changed.map(({ vramMb }) => vramMb)),
      toArray(changed.map(({ uri }) => uri)),
      toArray(changed.map(({ terms }) => JSON.stringify(terms))),
      toArray(changed.map(({ altered }) => JSON.stringify(altered))),
    ],
  };
}

function addToNetworks({ deltas }: Draft): readonly Update[] {
  return Array.from(deltas.networks, ([id, sum]) => ({
    what: 'every network',
    rows: 1,
    text: `update network
      set providers = providers + $2, nodes = nodes + $3, jobs = jobs + $4, tasks = tasks + $5,
        tasks_completed = tasks_completed + $6, tasks_failed = tasks_failed + $7, stake = stake + $8, paid = paid + $9
      where id = $1`,
    values: [
      ...[id, sum.providers, sum.nodes, sum.jobs, sum.tasks, sum.completed, sum.failed],
      ...[String(sum.stake), String(sum.paid)],
    ],
  }));
}

function toMarks({ deltas: { marks } }: Draft): readonly Step[] {
  if (marks.length === 0) return [];
  const text = `insert into mark (family, subject, hour)
    select * from unnest($1::text[], $2::text[], $3::timestamptz[])`;
  const values = [
    toArray(marks.map(({ family }) => family)),
    toArray(marks.map(({ subject }) => subject)),
    toArray(marks.map(({ hour }) => hour)),
  ];
  return [{ kind: 'statement', text, values }];
}
