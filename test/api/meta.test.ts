import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type OpenApi, openApi } from './openApi.js';
import {
  chainRow,
  daysAgo,
  devnet,
  emptyNetworks,
  networkDeltaRow,
  networkRow,
  quarantineRow,
  recorded,
  recordedChainRow,
  recordedNetworkRow,
  secondsAgo,
  toDay,
  written,
} from './seed.js';

describe('_meta', () => {
  let open: OpenApi;
  beforeAll(async () => {
    open = await openApi({ ...emptyNetworks, quarantine: [quarantineRow(3), quarantineRow(4)] });
  });
  afterAll(() => open.close());

  it('describes the chain that lags most and lists all', async () => {
    const { _meta } = await open.read(`{ _meta { version hasIndexingErrors block { number hash timestamp }
      chain { id } chains { id name recorded phase phaseReason headNumber headAt finalizedNumber lagBlocks lagSeconds
      stale quarantined block { number } networks { id } } } }`);
    expect(_meta).toEqual({
      version: '1.2.3',
      hasIndexingErrors: true,
      block: { number: '100', hash: `0x${'a'.repeat(64)}`, timestamp: written.toISOString() },
      chain: { id: '31337' },
      chains: [
        {
          id: '31337',
          name: 'devnet',
          recorded: false,
          phase: 'live',
          phaseReason: null,
          headNumber: '103',
          headAt: new Date(written.getTime() + 15_900).toISOString(),
          finalizedNumber: '90',
          lagBlocks: '3',
          lagSeconds: 15,
          stale: false,
          quarantined: 2,
          block: { number: '100' },
          networks: [{ id: devnet.network }],
        },
        {
          id: '1000000042161',
          name: 'Arbitrum One (recorded)',
          recorded: true,
          phase: 'complete',
          phaseReason: null,
          headNumber: '100',
          headAt: new Date(written.getTime() + 15_900).toISOString(),
          finalizedNumber: '90',
          lagBlocks: null,
          lagSeconds: null,
          stale: false,
          quarantined: 0,
          block: { number: '100' },
          networks: [{ id: recorded.network }],
        },
      ],
    });
  });

  it('describes the chain asked for, be it text or number, and null for one that is not indexed', async () => {
    const query = 'query ($chain: BigInt) { _meta(chain: $chain) { chain { id } } }';
    const asked = { _meta: { chain: { id: '1000000042161' } } };
    expect(await open.read(query, { chain: '1000000042161' })).toEqual(asked);
    expect(await open.read(query, { chain: 1_000_000_042_161 })).toEqual(asked);
    expect(await open.read('{ _meta(chain: 5) { version } }')).toEqual({ _meta: null });
  });
});

describe('_meta of a database without chains', () => {
  it('is null', async () => {
    const open = await openApi({});
    expect(await open.read('{ _meta { version } networks { id } activity { date } }')).toEqual({
      _meta: null,
      networks: [],
      activity: [],
    });
    await open.close();
  });
});

describe('_meta of chains in trouble', () => {
  it('names the stale one first and has errors when one is halted', async () => {
    const open = await openApi({
      chain: [
        chainRow({ chain_id: 1, head_time: new Date() }),
        chainRow({ chain_id: 2, phase: 'halted', phase_reason: 'reorg deeper than 64 blocks' }),
        chainRow({ chain_id: 3, phase: 'waiting', height: null, block_hash: null, block_time: null, seen_at: null }),
        chainRow({ chain_id: 4, seen_at: secondsAgo(121) }),
        recordedChainRow(),
      ],
    });
    const { _meta } = await open.read(
      '{ _meta { chain { id } hasIndexingErrors chains { id stale lagBlocks block { number } } } }',
    );
    const block = { number: '100' };
    expect(_meta).toEqual({
      chain: { id: '2' },
      hasIndexingErrors: true,
      chains: [
        { id: '1', stale: false, lagBlocks: '3', block },
        { id: '2', stale: true, lagBlocks: '3', block },
        { id: '3', stale: true, lagBlocks: null, block: null },
        { id: '4', stale: true, lagBlocks: '3', block },
        { id: '1000000042161', stale: false, lagBlocks: null, block },
      ],
    });
    await open.close();
  });
});

describe('activity', () => {
  let open: OpenApi;
  beforeAll(async () => {
    open = await openApi({
      chain: [
        chainRow({ block_time: daysAgo(0) }),
        chainRow({ chain_id: '5', block_time: daysAgo(3) }),
        recordedChainRow(),
      ],
      network: [
        networkRow(),
        networkRow({ id: 'second' }),
        networkRow({ id: 'behind', chain_id: '5' }),
        networkRow({ id: 'history', chain_id: recorded.id, recorded: true }),
        recordedNetworkRow(),
      ],
      network_delta: [
        networkDeltaRow(1, { time: daysAgo(4), providers: 1 }),
        networkDeltaRow(2, { time: daysAgo(2), jobs: 2, tasks: 5 }),
        networkDeltaRow(3, { time: daysAgo(2), jobs: 1, tasks_completed: 3 }),
        networkDeltaRow(4, { time: daysAgo(0), tasks_failed: 1 }),
        networkDeltaRow(1, { network_id: 'behind', chain_id: '5', time: daysAgo(4), jobs: 0 }),
        networkDeltaRow(2, { network_id: 'second', time: daysAgo(1), jobs: 7 }),
        networkDeltaRow(1, { network_id: recorded.network, chain_id: recorded.id, time: daysAgo(1), jobs: 99 }),
        networkDeltaRow(1, { network_id: 'history', chain_id: recorded.id, time: new Date('2022-03-01T00:00:00Z') }),
        networkDeltaRow(2, {
          network_id: 'history',
          chain_id: recorded.id,
          time: new Date('2022-03-02T23:59:59Z'),
          jobs: 4,
        }),
      ],
    });
  });
  afterAll(() => open.close());

  const read = async (args: string) => {
    const data = await open.read<{ activity: Record<string, unknown>[] }>(
      `{ activity(${args}) { date jobs tasksCompleted tasksFailed inProgress } }`,
    );
    return data.activity;
  };
  const day = (date: Date, counts: Record<string, unknown> = {}) => ({
    date: toDay(date),
    jobs: '0',
    tasksCompleted: '0',
    tasksFailed: '0',
    inProgress: false,
    ...counts,
  });
  const today = day(daysAgo(0), { tasksFailed: '1', inProgress: true });
  const busy = day(daysAgo(2), { jobs: '3', tasksCompleted: '3' });

  it('fills idle days with zeros, from the first event to today', async () => {
    const days = [day(daysAgo(4)), day(daysAgo(3)), busy, day(daysAgo(1)), today];
    expect(await read(`network: "${devnet.network}"`)).toEqual(days);
  });

  it('knows nothing of days that its chain is not read up to', async () => {
    expect(await read('network: "behind"')).toEqual([day(daysAgo(4)), day(daysAgo(3), { inProgress: true })]);
  });

  it('shows no more days than asked for', async () => {
    expect(await read(`network: "${devnet.network}", days: 2`)).toEqual([day(daysAgo(1)), today]);
  });

  it('adds up the networks that record jobs, and no others', async () => {
    expect(await read('days: 3')).toEqual([busy, day(daysAgo(1), { jobs: '7' }), today]);
  });

  it('ends a recorded history where it ends', async () => {
    const end = new Date('2022-03-02T00:00:00Z');
    expect(await read('network: "history"')).toEqual([day(new Date('2022-03-01')), day(end, { jobs: '4' })]);
    expect(await read('network: "history", days: 1')).toEqual([day(end, { jobs: '4' })]);
  });

  it('is empty for a network that does not record jobs and for an unknown one', async () => {
    expect(await read(`network: "${recorded.network}"`)).toEqual([]);
    expect(await read('network: "nowhere"')).toEqual([]);
  });
});
