import { drawChain, toBatches, toBlock, toHeader } from '../../test/writer/marketChain.js';
import { openStore } from '../../test/writer/openStore.js';

describe('deltas and totals', () => {
  it.each([1, 2, 3])('added up in memory are what SQL finds in the facts (seed %i)', async (seed) => {
    const { write, query, close } = await openStore({ cacheSize: 8 });
    try {
      await write(toBatches(drawChain({ seed, blocks: 50, logsPerBlock: 14 }), 9));
      const providers = await query('select * from provider_delta');
      expect(providers.length).toBeGreaterThan(50);
      expect(await query(differences('provider_delta', providerDeltas))).toEqual([]);
      expect(await query(differences('network_delta', networkDeltas))).toEqual([]);
      expect(await query(differences('provider_totals', providerTotals))).toEqual([]);
      expect(await query(differences('network_totals', networkTotals))).toEqual([]);
    } finally {
      await close();
    }
  });

  it.each([1, 2, 3])('of a coarse batch are its blocks in one row, and go with it (seed %i)', async (seed) => {
    const { store, lease, write, query, close } = await openStore({ cacheSize: 8 });
    try {
      const batches = toBatches(drawChain({ seed, blocks: 50, logsPerBlock: 14 }), 9);
      const [past, recent] = [batches.slice(0, 4), batches.slice(4)];
      await write([...past.map((batch) => ({ ...batch, coarse: true })), ...recent]);
      const perRange = await query<{ batches: string }>(`
        select count(*) as batches from provider_delta where height < ${past.at(-1)?.last.height} group by provider_id`);
      expect(Math.max(...perRange.map(({ batches: count }) => Number(count)))).toBeLessThanOrEqual(past.length);
      expect(await query(differences('provider_totals', providerTotals))).toEqual([]);
      expect(await query(differences('provider_sums', sums(`(${providerDeltas})`)))).toEqual([]);

      const from = await store.findCursor();
      const into = past[2]?.headers[4];
      if (!from || !into) throw new Error('the chain was written, and the third batch has nine blocks');
      const kept = await store.rollBack(lease, { from, height: into.height });
      expect(kept?.height).toBe(past[1]?.last.height);
      expect(await query(differences('provider_totals', providerTotals))).toEqual([]);
      expect(await query(differences('network_totals', networkTotals))).toEqual([]);
    } finally {
      await close();
    }
  });

  it.each([false, true])('mark every hour in which an event lies (coarse: %s)', async (coarse) => {
    const { write, query, close } = await openStore();
    try {
      // An hour is 300 of these blocks.
      const batches = toBatches(drawChain({ seed: 4, blocks: 650, logsPerBlock: 2 }), 100);
      await write(batches.map((batch) => ({ ...batch, coarse })));
      expect(await query('select distinct hour from mark')).toHaveLength(3);
      expect(await query(differences('mark', marks))).toEqual([]);
      const [count] = await query<{ marks: number }>('select count(*)::int as marks from mark');
      expect(count?.marks).toBeLessThanOrEqual(3 + batches.length);
    } finally {
      await close();
    }
  });

  it('mark an hour whose events add nothing to a total', async () => {
    const { write, query, close } = await openStore();
    try {
      const fee = { kind: 'parameterChanged', name: 'fee', value: '1' } as const;
      await write(toBatches([toBlock(1, [[]]), toBlock(400, [[fee]])], 2));
      expect(await query('select * from network_delta')).toEqual([]);
      const hours = await query<{ hour: Date }>('select distinct hour from mark order by hour');
      expect(hours.map(({ hour }) => hour.getTime())).toEqual([1, 400].map(toHour));
    } finally {
      await close();
    }
  });

  it('mark every hour from which a rollback takes an event', async () => {
    const { store, lease, write, query, close } = await openStore();
    try {
      await write(toBatches(drawChain({ seed: 5, blocks: 950, logsPerBlock: 2 }), 100));
      await query('delete from mark');
      const from = await store.findCursor();
      if (!from) throw new Error('the chain was written');
      const taken = await query<{ hour: Date }>(
        `select distinct date_trunc('hour', time, 'UTC') as hour from event where height > 400 order by 1`,
      );
      await store.rollBack(lease, { from, height: 400 });
      const marked = await query('select hour from mark order by hour');
      expect(taken.length).toBe(3);
      expect(marked).toEqual(taken);
    } finally {
      await close();
    }
  });
});

function toHour(height: number): number {
  return Math.floor(toHeader(height).time.getTime() / 3_600_000) * 3_600_000;
}

/** Rows that one side has and the other does not. */
function differences(kept: string, found: string): string {
  const columns = columnsOf[kept] ?? '*';
  const rows = `select ${columns} from ${sourceOf[kept] ?? kept}`;
  return `
    with found as (${found})
    (select 'kept' as side, x::text from (${rows} except select ${columns} from found) x)
    union all
    (select 'found', x::text from (select ${columns} from found except ${rows}) x)
  `;
}

const columnsOf: Readonly<Record<string, string>> = {
  provider_delta: 'height, provider_id, time, jobs, tasks_completed, tasks_failed, stake, rewarded, slashed, paid',
  network_delta: 'height, network_id, time, providers, nodes, jobs, tasks, tasks_completed, tasks_failed, stake, paid',
  provider_sums: 'provider_id, height, jobs, tasks_completed, tasks_failed, stake, rewarded, slashed, paid',
  provider_totals: 'id, jobs, tasks_completed, tasks_failed, stake, rewarded, slashed, paid, last_height',
  network_totals: 'id, providers, nodes, jobs, tasks, tasks_completed, tasks_failed, stake, paid',
  mark: 'family, subject, hour',
};

/** Of each provider over all blocks. */
function sums(deltas: string): string {
  return `
    select provider_id, max(height) as height, sum(jobs)::bigint as jobs, sum(tasks_completed)::bigint as tasks_completed,
      sum(tasks_failed)::bigint as tasks_failed, sum(stake) as stake, sum(rewarded) as rewarded, sum(slashed) as slashed,
      sum(paid) as paid
    from ${deltas} d group by provider_id
  `;
}

const sourceOf: Readonly<Record<string, string>> = {
  provider_sums: `(${sums('provider_delta')}) s`,
  provider_totals: 'provider',
  network_totals: 'network',
};

/**
 * From the steps alone: who ran the job at each of them (the last provider that one of them named), and whether its
 * task entered or left an end with it.
 */
const steps = `
  named as (
    select *, count(provider_id) over of_job as named_so_far from job_step
    window of_job as (partition by job_id order by height, log_index, part)
  ),
  run as (
    select n.*, first_value(provider_id) over (partition by job_id, named_so_far order by height, log_index, part)
      as runs from named n
  ),
  step as (
    select r.*, lag(runs) over of_job as ran, lag(kind) over of_task as kind_before, j.network_id
    from run r join job j on j.id = r.job_id
    window of_job as (partition by r.job_id order by r.height, r.log_index, r.part),
      of_task as (partition by r.job_id, r.task_id order by r.height, r.log_index, r.part)
  ),
  ending as (
    select *, (kind = 'completed')::int - (before = 'completed')::int as completed,
      (kind = 'failed')::int - (before = 'failed')::int as failed
    from (select s.*, coalesce(kind_before, '') as before from step s) s
    where task_id is not null and (kind in ('completed', 'failed') or before in ('completed', 'failed'))
  )
`;

const providerDeltas = `
  with ${steps}
  select height, provider_id, max(time) as time, sum(jobs)::bigint as jobs, sum(completed)::bigint as tasks_completed,
    sum(failed)::bigint as tasks_failed, sum(stake) as stake, sum(rewarded) as rewarded, sum(slashed) as slashed,
    sum(paid) as paid
  from (
    select height, runs as provider_id, time, 1 as jobs, 0 as completed, 0 as failed, 0 as stake, 0 as rewarded,
      0 as slashed, 0 as paid from step where runs is distinct from ran and runs is not null
    union all
    select height, ran, time, -1, 0, 0, 0, 0, 0, 0 from step where runs is distinct from ran and ran is not null
    union all
    select height, runs, time, 0, completed, failed, 0, 0, 0, 0
    from ending where runs is not null
    union all
    select height, provider_id, time, 0, 0, 0, delta, case kind when 'rewarded' then amount else 0 end,
      case when kind = 'slashed' and delta <> 0 then amount else 0 end, 0
    from stake_change where provider_id is not null
    union all
    select height, provider_id, time, 0, 0, 0, 0, 0, 0, amount from payout where provider_id is not null and for_work
  ) fact
  group by height, provider_id
`;

const networkDeltas = `
  with ${steps}
  select height, network_id, max(time) as time, sum(providers)::bigint as providers, sum(nodes)::bigint as nodes,
    sum(jobs)::bigint as jobs, sum(tasks)::bigint as tasks, sum(completed)::bigint as tasks_completed,
    sum(failed)::bigint as tasks_failed, sum(stake) as stake, sum(paid) as paid
  from (
    select height, network_id, time, 1 as providers, 0 as nodes, 0 as jobs, 0 as tasks, 0 as completed, 0 as failed,
      0 as stake, 0 as paid from provider
    union all
    select height, network_id, time, 0, 1, 0, 0, 0, 0, 0, 0 from node
    union all
    select height, network_id, time, 0, 0, 1, volume, 0, 0, 0, 0 from job
    union all
    select height, network_id, time, 0, 0, 0, 0, completed, failed, 0, 0 from ending
    union all
    select height, network_id, time, 0, 0, 0, 0, 0, 0, delta, 0 from stake_change
    union all
    select height, network_id, time, 0, 0, 0, 0, 0, 0, 0, amount from payout where for_work
  ) fact
  group by height, network_id
`;

const providerTotals = `
  select p.id, coalesce(sum(d.jobs), 0)::bigint as jobs, coalesce(sum(d.tasks_completed), 0)::bigint as tasks_completed,
    coalesce(sum(d.tasks_failed), 0)::bigint as tasks_failed, coalesce(sum(d.stake), 0) as stake,
    coalesce(sum(d.rewarded), 0) as rewarded, coalesce(sum(d.slashed), 0) as slashed, coalesce(sum(d.paid), 0) as paid,
    coalesce(max(d.height), p.height) as last_height
  from provider p left join provider_delta d on d.provider_id = p.id
  group by p.id
`;

const networkTotals = `
  select network_id as id, sum(providers)::bigint as providers, sum(nodes)::bigint as nodes, sum(jobs)::bigint as jobs,
    sum(tasks)::bigint as tasks, sum(tasks_completed)::bigint as tasks_completed,
    sum(tasks_failed)::bigint as tasks_failed, sum(stake) as stake, sum(paid) as paid
  from network_delta group by network_id
`;

const marks = `
  select 'network' as family, network_id as subject, date_trunc('hour', time, 'UTC') as hour from event
`;
