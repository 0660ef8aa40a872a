import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenApi, openApi } from './openApi.js';
import {
  address,
  at,
  chainRow,
  devnet,
  execute,
  id,
  jobRow,
  networkRow,
  providerRow,
  recordedChainRow,
  recordedNetworkRow,
  recordedTokenRow,
  taskRow,
  tokenRow,
} from './seed.js';

const buyer = address('a');
const deadline = at(30);
const pool = { provider_id: id('pool'), buyer };
const other = { network_id: 'other-lab', id: 'other-lab:o1' };

let open: OpenApi;
beforeAll(async () => {
  open = await openApi({
    chain: [chainRow({ block_time: at(29) }), recordedChainRow()],
    // The second lets a provider deliver late: nothing follows from a deadline there.
    network: [
      networkRow({ final_deadline: true, tasks_failed: 1 }),
      networkRow({ id: 'other-lab', tasks_failed: 5 }),
      recordedNetworkRow(),
    ],
    token: [tokenRow(), recordedTokenRow()],
    provider: [providerRow('pool', { tasks_failed: 1, jobs: 5 }), providerRow('rival', { tasks_failed: 2 })],
    job: [
      jobRow('untouched', { ...pool, time: at(9), volume: 2, deadline }),
      jobRow('half', { ...pool, time: at(8), status: 'running', volume: 3, tasks_completed: 1, deadline }),
      jobRow('claimed', {
        ...{ ...pool, time: at(7), status: 'failed', volume: 1, tasks_failed: 1, deadline: at(5) },
        ended_time: at(6),
      }),
      jobRow('done', { ...pool, time: at(6), status: 'completed', tasks_completed: 1, deadline, ended_time: at(20) }),
      jobRow('unlimited', { ...pool, time: at(5) }),
      jobRow('o1', { ...other, time: at(4), status: 'running', volume: 1, deadline }),
    ],
    task: [
      taskRow('h0', { job_id: id('half'), status: 'completed', ended_time: at(20) }),
      taskRow('h1', { job_id: id('half'), position: 1, status: 'disputed', started_time: at(9) }),
      taskRow('h2', { job_id: id('half'), position: 2 }),
      taskRow('o0', { network_id: 'other-lab', id: 'other-lab:o0', job_id: 'other-lab:o1', status: 'running' }),
    ],
  });
});
afterAll(() => open.close());

/** Moves the last block that is read of the chain: forwards by syncing, backwards by a rollback. */
const readUpTo = (minute: number) =>
  execute(open.url, `update chain set block_time = '${at(minute).toISOString()}' where chain_id = ${devnet.id}`);

interface JobOfPage {
  readonly id: string;
  readonly status: string;
  readonly derived: boolean;
  readonly tasksCompleted: number;
  readonly tasksFailed: number;
}

async function listJobs(where = ''): Promise<readonly (readonly unknown[])[]> {
  const query = `{ jobs${where ? `(where: { ${where} })` : ''} { id status derived tasksCompleted tasksFailed } }`;
  const { jobs } = await open.read<{ jobs: JobOfPage[] }>(query);
  return jobs.map((job) => [job.id.replace(/^.*:/, ''), job.status, job.derived, job.tasksCompleted, job.tasksFailed]);
}

const claimed = ['claimed', 'failed', false, 0, 1];
const done = ['done', 'completed', false, 1, 0];
const unlimited = ['unlimited', 'open', false, 0, 0];
const late = ['o1', 'running', false, 0, 0];

describe('before its deadline', () => {
  beforeAll(() => readUpTo(29));

  it('a job stands as the chain has it, whatever the clock says', async () => {
    expect(await listJobs()).toEqual([
      ['untouched', 'open', false, 0, 0],
      ['half', 'running', false, 1, 0],
      ...[claimed, done, unlimited, late],
    ]);
  });

  it('what failed is what the chain says', async () => {
    const query = `{ network(id: "${devnet.network}") { tasksFailed } provider(id: "${id('pool')}") { tasksFailed } }`;
    expect(await open.read(query)).toEqual({ network: { tasksFailed: '1' }, provider: { tasksFailed: '1' } });
  });
});

describe('from the block of its deadline on', () => {
  beforeAll(() => readUpTo(30));

  it('a job without an end has failed, as far as it was not completed, and says that this is derived', async () => {
    expect(await listJobs()).toEqual([
      ['untouched', 'failed', true, 0, 2],
      ['half', 'partial', true, 1, 2],
      ...[claimed, done, unlimited, late],
    ]);
  });

  it.each([
    ['failed', ['untouched', 'claimed']],
    ['partial', ['half']],
    ['open', ['unlimited']],
    ['running', ['o1']],
    ['completed', ['done']],
  ])('is found by what is shown: %s', async (status, expected) => {
    expect((await listJobs(`status: ${status}`)).map(([job]) => job)).toEqual(expected);
    expect((await listJobs(`status_in: [${status}]`)).map(([job]) => job)).toEqual(expected);
  });

  it('is in one place only: the statuses share out all jobs, alone and beside other conditions', async () => {
    const all = ['open', 'running', 'completed', 'partial', 'failed'];
    expect((await listJobs(`status_in: [${all}], buyer: "${buyer}"`)).map(([job]) => job)).toEqual([
      ...['untouched', 'half', 'claimed', 'done', 'unlimited'],
    ]);
    expect(await listJobs(`status: failed, network: "other-lab"`)).toEqual([]);
    expect(await listJobs('status_in: []')).toEqual([]);
    expect(await listJobs('status: null')).toEqual([]);
  });

  it('its open tasks have failed, those that ended stand', async () => {
    const query = `{ job(id: "${id('half')}") { endedAt tasks { nativeId status derived endedAt } } }`;
    expect(await open.read(query)).toEqual({
      job: {
        endedAt: null,
        tasks: [
          { nativeId: 'h0', status: 'completed', derived: false, endedAt: at(20).toISOString() },
          { nativeId: 'h1', status: 'failed', derived: true, endedAt: null },
          { nativeId: 'h2', status: 'failed', derived: true, endedAt: null },
        ],
      },
    });
    const { job } = await open.read<{ job: unknown }>('{ job(id: "other-lab:o1") { tasks { status derived } } }');
    expect(job).toEqual({ tasks: [{ status: 'running', derived: false }] });
  });

  it('totals count what the jobs show', async () => {
    const { networks, providers } = await open.read<Record<string, { id: string; tasksFailed: string | null }[]>>(
      '{ networks { id tasksFailed } providers(orderBy: tasksFailed) { id tasksFailed } }',
    );
    expect(networks).toEqual([
      { id: devnet.network, tasksFailed: '5' },
      { id: 'livepeer-recorded', tasksFailed: null },
      { id: 'other-lab', tasksFailed: '5' },
    ]);
    expect(providers).toEqual([
      { id: id('pool'), tasksFailed: '5' },
      { id: id('rival'), tasksFailed: '2' },
    ]);
  });

  it('stands again as it was when the block is rolled back', async () => {
    await readUpTo(29);
    expect((await listJobs('status: failed')).map(([job]) => job)).toEqual(['claimed']);
    await readUpTo(30);
  });
});
