import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type GraphQLObjectType, getNamedType, isRequiredArgument } from 'graphql';
import { listStatements } from './listStatements.js';
import { type OpenApi, openApi } from './openApi.js';
import {
  address,
  at,
  attemptRow,
  emptyNetworks,
  eventRow,
  hash,
  id,
  jobRow,
  nodeRow,
  payoutRow,
  providerRow,
  recorded,
  recordedId,
  stakeChangeRow,
  stepRow,
  taskRow,
  tokenRow,
  verificationRow,
} from './seed.js';
import { toFirst, toSelection } from './toSelection.js';

const job = { job_id: id('deal') };
const pool = { provider_id: id('pool') };
const first = { task_id: id('t0'), ...job };
const second = { task_id: id('t1'), ...job };

let open: OpenApi;
beforeAll(async () => {
  open = await openApi({
    ...emptyNetworks,
    token: [...(emptyNetworks.token ?? []), tokenRow({ id: id('other'), symbol: 'OTHER' })],
    provider: [
      providerRow('pool', { owner: address('a'), terms: { schedulerReward: '5 %', workerStake: '35 %' } }),
      providerRow('other'),
      providerRow('orchestrator', { network_id: recorded.network, chain_id: recorded.id, rewarded: '4', slashed: '3' }),
    ],
    node: [nodeRow('w1'), nodeRow('w2')],
    job: [
      jobRow('deal', {
        ...pool,
        volume: 2,
        tasks_completed: 1,
        tasks_failed: 1,
        status: 'partial',
        price: '12345678901234567890',
        provider_price: '9876543210987654321',
        price_token: id('rlc'),
        price_unit: 'task',
        attributes: { category: 1, app: '0xapp' },
        deadline: at(50),
      }),
      jobRow('later', { ...pool, time: at(7) }),
      jobRow('latest', { ...pool, time: at(8) }),
      jobRow('elsewhere', { provider_id: id('other'), time: at(9), price: '3', price_token: id('rlc') }),
    ],
    task: [
      taskRow('t1', { ...job, position: 1, status: 'failed', ended_time: at(9) }),
      taskRow('t0', { ...job, position: 0, status: 'completed', started_time: at(2), ended_time: at(8) }),
    ],
    job_step: [
      stepRow(12, { ...job, kind: 'completed', task_id: id('t0') }),
      stepRow(2, { ...job, kind: 'created' }),
      stepRow(2, { ...job, kind: 'assigned', part: 1 }),
    ],
    attempt: [
      attemptRow(3, { ...first, ...pool, node_id: id('w1') }),
      attemptRow(4, { ...first, ...pool, node_id: id('w2') }),
      attemptRow(5, { ...second, ...pool, node_id: id('w2') }),
    ],
    verification: [
      verificationRow(6, { ...first, ...pool, result: 'reached' }),
      verificationRow(7, { ...first, ...pool, node_id: id('w2') }),
      verificationRow(7, { ...first, ...pool, node_id: id('w1'), log_index: 1, result: 'rejected' }),
      verificationRow(8, { ...second, provider_id: id('other'), node_id: id('w2'), log_index: 1 }),
    ],
    payout: [
      payoutRow(8, { ...job, ...pool, task_id: id('t0'), amount: '12345678901234567890', payer: address('e') }),
      payoutRow(8, { ...job, ...pool, task_id: id('t0'), amount: '10', log_index: 1, role: 'provider' }),
      payoutRow(8, { ...job, ...pool, amount: '400', log_index: 2, role: 'penalty' }),
      payoutRow(8, { ...job, ...pool, amount: '500', log_index: 3, token: id('other') }),
    ],
    stake_change: [
      stakeChangeRow(1, { ...pool, amount: '9', delta: '9' }),
      stakeChangeRow(5, { ...pool, amount: '9', kind: 'slashed', delta: '-9', node_id: id('w1') }),
      stakeChangeRow(6, {
        chain_id: recorded.id,
        network_id: recorded.network,
        provider_id: recordedId('orchestrator'),
        token: recordedId('lpt'),
      }),
    ],
    event: [
      eventRow(12, { ...job, name: 'TaskFinalize', kind: 'unmapped' }),
      eventRow(2, { ...job, args: { volume: '2', nested: { list: [1, null] } } }),
    ],
  });
});
afterAll(() => open.close());

describe('a job with all that hangs on it', () => {
  it('shows its own columns', async () => {
    const { job } = await open.read(
      `query ($id: ID!) { job(id: $id) { nativeId buyer status volume tasksCompleted tasksFailed createdAt createdHeight
        deadline endedAt attributes { name value } paid price { amount unit token { symbol decimals address } } providerPrice { amount } } }`,
      { id: id('deal') },
    );
    expect(job).toEqual({
      nativeId: 'deal',
      buyer: null,
      status: 'partial',
      volume: 2,
      tasksCompleted: 1,
      tasksFailed: 1,
      createdAt: '2026-01-10T12:00:00.000Z',
      createdHeight: '10',
      deadline: '2026-01-10T12:50:00.000Z',
      endedAt: null,
      attributes: [
        { name: 'app', value: '0xapp' },
        { name: 'category', value: '1' },
      ],
      // Pay for work in the work token: neither the penalty nor the other token.
      paid: '12345678901234567900',
      price: {
        amount: '12345678901234567890',
        unit: 'task',
        token: { symbol: 'RLC', decimals: 9, address: '0xe649e6a1f2afc63ca268c2363691cecaf75cf47c' },
      },
      providerPrice: { amount: '9876543210987654321' },
    });
  });

  it('shows tasks by position, each with attempts and verdicts in order', async () => {
    const { job } = await open.read(
      `query ($id: ID!) { job(id: $id) { tasks { id index status startedAt endedAt
        attempts { id node at provider { id } } verifications { id mechanism result node } } } }`,
      { id: id('deal') },
    );
    expect(job).toEqual({
      tasks: [
        {
          id: id('t0'),
          index: 0,
          status: 'completed',
          startedAt: '2026-01-10T12:02:00.000Z',
          endedAt: '2026-01-10T12:08:00.000Z',
          attempts: [
            { id: '31337-3-0', node: id('w1'), at: '2026-01-10T12:03:00.000Z', provider: { id: id('pool') } },
            { id: '31337-4-0', node: id('w2'), at: '2026-01-10T12:04:00.000Z', provider: { id: id('pool') } },
          ],
          verifications: [
            { id: '31337-6-0', mechanism: 'consensus', result: 'reached', node: null },
            { id: '31337-7-0', mechanism: 'consensus', result: 'accepted', node: id('w2') },
            { id: '31337-7-1', mechanism: 'consensus', result: 'rejected', node: id('w1') },
          ],
        },
        {
          id: id('t1'),
          index: 1,
          status: 'failed',
          startedAt: null,
          endedAt: '2026-01-10T12:09:00.000Z',
          attempts: [{ id: '31337-5-0', node: id('w2'), at: '2026-01-10T12:05:00.000Z', provider: { id: id('pool') } }],
          verifications: [{ id: '31337-8-1', mechanism: 'consensus', result: 'accepted', node: id('w2') }],
        },
      ],
    });
  });

  it('shows steps, payouts and raw events, oldest first', async () => {
    const { job } = await open.read(
      `query ($id: ID!) { job(id: $id) { steps { id kind height transaction task node }
        payouts(first: 2) { id amount role payer recipient task job { id } provider { id } token { symbol } transaction }
        events { id name kind address transaction args } } }`,
      { id: id('deal') },
    );
    const bytes = (buffer: Buffer) => `0x${buffer.toString('hex')}`;
    const step = { height: '2', transaction: bytes(hash('b')), task: null, node: null };
    const event = { address: `0x${'11'.repeat(20)}`, transaction: bytes(hash('e')) };
    const payout = {
      recipient: address('1'),
      task: id('t0'),
      job: { id: id('deal') },
      provider: { id: id('pool') },
      token: { symbol: 'RLC' },
      transaction: bytes(hash('c')),
    };
    expect(job).toEqual({
      steps: [
        { id: '31337-2-0', kind: 'created', ...step },
        { id: '31337-2-0-1', kind: 'assigned', ...step },
        { id: '31337-12-0', kind: 'completed', ...step, height: '12', task: id('t0') },
      ],
      payouts: [
        { id: '31337-8-0', amount: '12345678901234567890', role: 'worker', payer: address('e'), ...payout },
        { id: '31337-8-1', amount: '10', role: 'provider', payer: null, ...payout },
      ],
      events: [
        {
          id: '31337-2-0',
          name: 'OrdersMatched',
          kind: 'jobCreated',
          ...event,
          args: { volume: '2', nested: { list: [1, null] } },
        },
        { id: '31337-12-0', name: 'TaskFinalize', kind: 'unmapped', ...event, args: {} },
      ],
    });
  });
});

describe('a provider with all that hangs on it', () => {
  it('shows the newest first, and as many of each as were asked for', async () => {
    const { provider } = await open.read(
      `query ($id: ID!) { provider(id: $id) { terms { name value } latestPrice { amount }
        two: jobs(first: 2) { id } one: jobs(first: 1) { id } jobs { id }
        payouts(first: 2) { id } stakeChanges { id kind node amount delta account } } }`,
      { id: id('pool') },
    );
    expect(provider).toEqual({
      terms: [
        { name: 'schedulerReward', value: '5 %' },
        { name: 'workerStake', value: '35 %' },
      ],
      // The latest job names no price, the one before it does not either.
      latestPrice: { amount: '9876543210987654321' },
      one: [{ id: id('latest') }],
      two: [{ id: id('latest') }, { id: id('later') }],
      jobs: [{ id: id('latest') }, { id: id('later') }, { id: id('deal') }],
      payouts: [{ id: '31337-8-3' }, { id: '31337-8-2' }],
      stakeChanges: [
        { id: '31337-5-0', kind: 'slashed', node: id('w1'), amount: '9', delta: '-9', account: address('1') },
        { id: '31337-1-0', kind: 'locked', node: null, amount: '9', delta: '9', account: address('1') },
      ],
    });
  });

  it('shows its nodes, the busiest first, with the verdicts on their work for it', async () => {
    const query =
      'query ($id: ID!, $first: Int!) { provider(id: $id) { nodes(first: $first) { id nativeId attempts accepted rejected lastActiveAt } } }';
    const w2 = { id: id('w2'), nativeId: 'w2', attempts: '2', accepted: '1', rejected: '0' };
    const w1 = { id: id('w1'), nativeId: 'w1', attempts: '1', accepted: '0', rejected: '1' };
    const lastActiveAt = '2026-01-10T12:07:00.000Z';
    expect(await open.read(query, { id: id('pool'), first: 100 })).toEqual({
      provider: {
        nodes: [
          { ...w2, lastActiveAt },
          { ...w1, lastActiveAt },
        ],
      },
    });
    expect(await open.read(query, { id: id('pool'), first: 1 })).toEqual({
      provider: { nodes: [{ ...w2, lastActiveAt }] },
    });
    expect(await open.read(query, { id: id('other'), first: 1 })).toEqual({ provider: { nodes: [] } });
  });
});

describe('what a protocol does not record', () => {
  const counts = 'jobCount tasksCompleted tasksFailed paid stake';

  it('is null on the network and says why; what it does record is a number', async () => {
    const { network } = await open.read(
      `{ network(id: "${recorded.network}") { recorded providerCount nodeCount taskCount ${counts} workToken { id }
        stakeToken { symbol } capabilities { name recorded reason } } }`,
    );
    const missing = (name: string) => ({ name, recorded: false, reason: `${name} are settled off chain.` });
    expect(network).toEqual({
      recorded: true,
      providerCount: '0',
      nodeCount: null,
      jobCount: null,
      taskCount: null,
      tasksCompleted: null,
      tasksFailed: null,
      paid: null,
      stake: '0',
      workToken: null,
      stakeToken: { symbol: 'LPT' },
      capabilities: [
        missing('jobs'),
        missing('nodes'),
        missing('payout'),
        missing('price'),
        { name: 'stake', recorded: true, reason: null },
        missing('verification'),
      ],
    });
  });

  it('is null on a provider too, whose lists are then empty', async () => {
    const { provider } = await open.read(
      `query ($id: ID!) { provider(id: $id) { ${counts} stakeRewarded stakeSlashed owner name uri active latestPrice { amount }
        jobs { id } payouts { id } nodes { id } stakeChanges { token { symbol } } } }`,
      { id: recordedId('orchestrator') },
    );
    expect(provider).toEqual({
      jobCount: null,
      tasksCompleted: null,
      tasksFailed: null,
      paid: null,
      stake: '0',
      stakeRewarded: '4',
      stakeSlashed: '3',
      owner: null,
      name: null,
      uri: null,
      active: null,
      latestPrice: null,
      jobs: [],
      payouts: [],
      nodes: [],
      stakeChanges: [{ token: { symbol: 'LPT' } }],
    });
  });

  it('is zero where it is recorded and nothing happened', async () => {
    const { provider } = await open.read(`{ provider(id: "${id('other')}") { ${counts} } }`);
    expect(provider).toEqual({ jobCount: '0', tasksCompleted: '0', tasksFailed: '0', paid: '0', stake: '0' });
    expect(await open.read(`{ job(id: "${id('later')}") { paid } }`)).toEqual({ job: { paid: '0' } });
  });
});

describe('statements', () => {
  // Chains come with the snapshot.
  it('are one for the list and one per relation', async () => {
    const statements = await countStatements(`{ jobs(first: 50) { id network { id workToken { symbol } }
      provider { id latestPrice { amount } }
      tasks(first: 5) { id attempts(first: 5) { id } verifications(first: 5) { id } } } }`);
    // jobs, networks, tokens, providers, latest prices, tasks, attempts, verifications
    expect(statements).toBe(8);
  });

  it('stay one per relation where the same list is asked for in two lengths', async () => {
    expect(await countStatements('{ providers { a: jobs(first: 1) { id } b: jobs(first: 2) { id paid } } }')).toBe(3);
  });

  it.each([
    [
      '{ providers { network { chain { id quarantined } } nodes(first: 50) { id } payouts { id } stakeChanges { id } } }',
      6,
    ],
    ['{ payouts { job { provider { id } } provider { id } token { symbol } } }', 4],
    ['{ jobsConnection { edges { cursor node { provider { id } network { id } } } pageInfo { endCursor } } }', 3],
    ['{ events { network { id } } tasks { job { id } network { id } } }', 4],
    ['{ providers(where: { gpu: "x", or: [{ gpu: "y" }] }) { id } }', 2],
    ['{ _meta { chain { networks { id } } chains { networks { id } stale lagSeconds } hasIndexingErrors } }', 2],
    ['{ __typename }', 0],
  ])('%s takes %i', async (query, expected) => {
    expect(await countStatements(query)).toBe(expected);
  });

  async function countStatements(query: string): Promise<number> {
    return (await listStatements(() => open.read(query))).length;
  }
});

describe('every type', () => {
  it('answers every field it has, two levels deep from each root list', async () => {
    const roots = Object.values((open.api.schema.getQueryType() as GraphQLObjectType).getFields());
    for (const root of roots.filter(
      (field) => !field.args.some((arg) => arg.name === 'id' || isRequiredArgument(arg)),
    )) {
      await open.read(`{ ${root.name}${toFirst(root)} ${toSelection(getNamedType(root.type), 3)} }`);
    }
  });
});
