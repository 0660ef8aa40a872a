import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenApi, openApi } from './openApi.js';
import {
  address,
  at,
  emptyNetworks,
  id,
  jobRow,
  payoutRow,
  providerRow,
  recorded,
  recordedId,
  stakeChangeRow,
} from './seed.js';

const alice = address('a');
const bob = address('b');

let open: OpenApi;
beforeAll(async () => {
  open = await openApi({
    ...emptyNetworks,
    provider: [
      providerRow('p1', { jobs: 3, tasks_failed: 1, paid: '900', owner: alice, active: true, last_time: at(30) }),
      providerRow('p2', { jobs: 5, tasks_completed: 2, stake: '7', owner: bob, active: false, time: at(5) }),
      providerRow('p3', { jobs: 3, paid: '10000000000000000000000', owner: alice }),
      // A network that records stake alone: jobs and pay are unknown, not zero.
      providerRow('p4', { network_id: recorded.network, chain_id: recorded.id, stake: '50', jobs: 9, paid: '9' }),
    ],
    job: [
      jobRow('j1', {
        provider_id: id('p1'),
        time: at(1),
        buyer: alice,
        price: '25',
        provider_price: '20',
        price_token: id('rlc'),
      }),
      jobRow('j2', {
        provider_id: id('p1'),
        time: at(2),
        status: 'running',
        price: '6',
        provider_price: '5',
        price_token: id('rlc'),
      }),
      jobRow('j3', {
        provider_id: id('p2'),
        time: at(2),
        status: 'completed',
        volume: 9,
        ended_time: at(9),
        buyer: bob,
      }),
      jobRow('j4', { time: at(3), status: 'failed', volume: 4, ended_time: at(8), buyer: alice }),
      jobRow('j5', {
        provider_id: id('p2'),
        time: at(0),
        price: '7',
        provider_price: '7',
        price_token: id('rlc'),
        price_unit: 'second',
      }),
    ],
    payout: [
      payoutRow(1, { provider_id: id('p1'), job_id: id('j1'), amount: '30' }),
      payoutRow(2, { provider_id: id('p2'), job_id: id('j3'), amount: '100', role: 'provider', recipient: bob }),
      payoutRow(2, { log_index: 3, part: 1, amount: '9', recipient: alice, role: 'penalty' }),
    ],
    stake_change: [
      stakeChangeRow(1, { provider_id: id('p1'), amount: '5', account: alice }),
      stakeChangeRow(2, { provider_id: id('p2'), amount: '50', kind: 'slashed', delta: '-50' }),
      stakeChangeRow(3, { network_id: recorded.network, chain_id: recorded.id, amount: '9', kind: 'rewarded' }),
    ],
  });
});
afterAll(() => open.close());

const ids = async (field: string, args = ''): Promise<string[]> => {
  const data = await open.read<Record<string, { id: string }[]>>(`{ ${field}${args ? `(${args})` : ''} { id } }`);
  return (data[field] ?? []).map((row) => row.id.replace(/^.*:/, ''));
};

describe('defaults', () => {
  it.each([
    ['networks', ['iexec-devnet', 'livepeer-recorded']],
    ['providers', ['p2', 'p1', 'p3', 'p4']],
    ['jobs', ['j4', 'j2', 'j3', 'j1', 'j5']],
    ['payouts', ['31337-2-3-1', '31337-2-0', '31337-1-0']],
    ['stakeChanges', ['1000000042161-3-0', '31337-2-0', '31337-1-0']],
  ])('%s come in their own order', async (field, expected) => {
    expect(await ids(field)).toEqual(expected);
  });
});

describe('sorting', () => {
  it.each([
    ['networks', 'orderBy: jobs', ['iexec-devnet', 'livepeer-recorded']],
    ['networks', 'orderBy: jobs, orderDirection: desc', ['iexec-devnet', 'livepeer-recorded']],
    ['networks', 'orderBy: id, orderDirection: desc', ['livepeer-recorded', 'iexec-devnet']],
    ['providers', 'orderBy: jobs, orderDirection: asc', ['p1', 'p3', 'p2', 'p4']],
    ['providers', 'orderBy: paid', ['p3', 'p1', 'p2', 'p4']],
    ['providers', 'orderBy: paid, orderDirection: asc', ['p2', 'p1', 'p3', 'p4']],
    ['providers', 'orderBy: stake', ['p4', 'p2', 'p1', 'p3']],
    ['providers', 'orderBy: tasksCompleted', ['p2', 'p1', 'p3', 'p4']],
    ['providers', 'orderBy: tasksFailed', ['p1', 'p2', 'p3', 'p4']],
    ['providers', 'orderBy: createdAt', ['p2', 'p1', 'p3', 'p4']],
    ['providers', 'orderBy: lastActiveAt', ['p1', 'p2', 'p3', 'p4']],
    ['providers', 'orderBy: latestPrice', ['p2', 'p1', 'p3', 'p4']],
    ['providers', 'orderBy: latestPrice, orderDirection: asc', ['p1', 'p2', 'p3', 'p4']],
    ['providers', 'orderBy: id, orderDirection: asc', ['p1', 'p2', 'p3', 'p4']],
    ['jobs', 'orderBy: createdAt, orderDirection: asc', ['j5', 'j1', 'j2', 'j3', 'j4']],
    ['jobs', 'orderBy: endedAt', ['j3', 'j4', 'j1', 'j2', 'j5']],
    ['jobs', 'orderBy: endedAt, orderDirection: asc', ['j4', 'j3', 'j1', 'j2', 'j5']],
    ['jobs', 'orderBy: volume', ['j3', 'j4', 'j1', 'j2', 'j5']],
    ['jobs', 'orderBy: id', ['j5', 'j4', 'j3', 'j2', 'j1']],
    ['payouts', 'orderBy: at, orderDirection: asc', ['31337-1-0', '31337-2-0', '31337-2-3-1']],
    ['payouts', 'orderBy: amount', ['31337-2-0', '31337-1-0', '31337-2-3-1']],
    ['stakeChanges', 'orderBy: amount, orderDirection: asc', ['31337-1-0', '1000000042161-3-0', '31337-2-0']],
  ])('%s(%s): unknown last, ties by id', async (field, args, expected) => {
    expect(await ids(field, args)).toEqual(expected);
  });
});

describe('filters', () => {
  it.each([
    ['networks', 'protocol: "livepeer"', ['livepeer-recorded']],
    ['networks', 'id_in: ["iexec-devnet", "nowhere"]', ['iexec-devnet']],
    ['networks', 'id: "iexec-devnet"', ['iexec-devnet']],
    ['providers', `id: "${id('p2')}"`, ['p2']],
    ['providers', `id_in: ["${id('P1')}", "${id('p3')}"]`, ['p1', 'p3']],
    ['providers', 'id_in: []', []],
    ['providers', 'network: "livepeer-recorded"', ['p4']],
    ['providers', 'network_in: ["livepeer-recorded", "iexec-devnet"], active: true', ['p1']],
    ['providers', `owner: "${alice.toUpperCase().replace('0X', '0x')}"`, ['p1', 'p3']],
    ['providers', 'owner: null', ['p4']],
    ['providers', 'active: false', ['p2']],
    ['jobs', `id: "${id('j1')}"`, ['j1']],
    ['jobs', `id_in: ["${id('j1')}"]`, ['j1']],
    ['jobs', 'network: "livepeer-recorded"', []],
    ['jobs', 'network_in: ["iexec-devnet"], status: open', ['j1', 'j5']],
    ['jobs', `provider: "${id('p2')}"`, ['j3', 'j5']],
    ['jobs', 'provider: null', ['j4']],
    ['jobs', `buyer: "${alice}"`, ['j4', 'j1']],
    ['jobs', 'status_in: [failed, completed]', ['j4', 'j3']],
    ['payouts', 'network: "iexec-devnet", role: "worker"', ['31337-1-0']],
    ['payouts', `provider: "${id('p2')}"`, ['31337-2-0']],
    ['payouts', 'provider: null', ['31337-2-3-1']],
    ['payouts', `job: "${id('j1')}"`, ['31337-1-0']],
    ['payouts', `recipient: "${alice}"`, ['31337-2-3-1']],
    ['stakeChanges', 'network: "livepeer-recorded"', ['1000000042161-3-0']],
    ['stakeChanges', `provider: "${id('p1')}", account: "${alice}"`, ['31337-1-0']],
    ['stakeChanges', 'kind: "slashed"', ['31337-2-0']],
  ])('%s where %s', async (field, where, expected) => {
    expect(await ids(field, `where: { ${where} }`)).toEqual(expected);
  });

  it('leaves out a condition whose variable is not given', async () => {
    const query = 'query ($network: ID) { providers(where: { network: $network }) { id } }';
    expect((await open.read<{ providers: unknown[] }>(query)).providers).toHaveLength(4);
    expect((await open.read<{ providers: unknown[] }>(query, { network: recorded.network })).providers).toHaveLength(1);
  });

  it('refuses null for a list, which would mean nothing', async () => {
    expect(await open.fail('{ jobs(where: { id_in: null }) { id } }')).toEqual({
      message: 'Expected id_in to be a list, got null: leave it out to take all.',
      code: 'BAD_USER_INPUT',
    });
  });

  it('takes values as data, never as SQL', async () => {
    expect(await ids('stakeChanges', `where: { kind: "x' or 1=1 --" }`)).toEqual([]);
  });

  it('refuses an address that is none', async () => {
    expect(await open.fail('{ jobs(where: { buyer: "alice" }) { id } }')).toEqual({
      message: expect.stringContaining('Expected bytes such as "0x00ff", got "alice".'),
      code: 'GRAPHQL_VALIDATION_FAILED',
    });
  });
});

describe('paging', () => {
  it('takes first rows after skip', async () => {
    expect(await ids('jobs', 'first: 2, skip: 1')).toEqual(['j2', 'j3']);
    expect(await ids('jobs', 'first: 1000, skip: 5000')).toEqual([]);
  });

  it.each([
    ['jobs(first: 0) { id }', 'Expected first to be from 1 to 1000, got 0.'],
    ['providers(first: 1001) { id }', 'Expected first to be from 1 to 1000, got 1001.'],
    ['payouts(skip: -1) { id }', 'Expected skip to be from 0 to 5000, got -1.'],
    [
      'stakeChanges(skip: 5001) { id }',
      'Expected skip to be from 0 to 5000, got 5001: go further with `after` of the connection beside the list.',
    ],
    ['networks(first: -3) { id }', 'Expected first to be from 1 to 1000, got -3.'],
    ['providers(first: 1) { jobs(first: 5000) { id } }', 'Expected first to be from 1 to 1000, got 5000.'],
    ['activity(days: 0) { date }', 'Expected days to be from 1 to 1000, got 0.'],
  ])('{ %s } says the limits', async (selection, message) => {
    expect(await open.fail(`{ ${selection} }`)).toEqual({ message, code: 'BAD_USER_INPUT' });
  });
});

describe('one by id', () => {
  it('is found in any letter case, else null', async () => {
    const data = await open.read(
      'query ($p: ID!, $j: ID!) { provider(id: $p) { id } job(id: $j) { id } network(id: "iexec-devnet") { id } }',
      { p: id('p1').toUpperCase(), j: id('j1') },
    );
    expect(data).toEqual({ provider: { id: id('p1') }, job: { id: id('j1') }, network: { id: 'iexec-devnet' } });
    expect(await open.read('{ provider(id: "x") { id } job(id: "x") { id } network(id: "x") { id } }')).toEqual({
      provider: null,
      job: null,
      network: null,
    });
    expect(recordedId('P4')).toBe('livepeer-recorded:p4');
  });
});

describe('a NUL character', () => {
  it.each([
    ['job(id: $text) { id }'],
    ['provider(id: $text) { id }'],
    ['network(id: $text) { id }'],
    ['activity(network: $text) { date }'],
    ['jobs(where: { provider: $text }) { id }'],
    ['providers(where: { id_in: [$text] }) { id }'],
    ['networks(where: { protocol: $text }) { id }'],
    ['payouts(where: { job: $text }) { id }'],
    ['stakeChanges(where: { network: $text }) { id }'],
  ])('is refused in %s', async (selection) => {
    const type = selection.includes('protocol') ? 'String!' : 'ID!';
    expect(await open.fail(`query ($text: ${type}) { ${selection} }`, { text: 'iexec\u0000devnet' })).toEqual({
      message: 'Expected an id or a filter in text, got a NUL character: leave it out.',
      code: 'BAD_USER_INPUT',
    });
  });
});
