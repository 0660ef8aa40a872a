import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { listStatements } from './listStatements.js';
import { type OpenApi, openApi } from './openApi.js';
import { devnet, emptyNetworks, id, nodeRow, providerRow, type Row } from './seed.js';
import { hourOf, minutes } from './seedHeartbeats.js';

/** Only the clock is ours: sockets go on as they do. */
const timers = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
  ...(['nextTick', 'queueMicrotask', 'hrtime', 'performance'] as const),
];
jest.useFakeTimers({ now: new Date('2026-03-10T14:25:40Z'), doNotFake: timers });

const thisHour = hourOf('2026-03-10T14:00Z');
const asked = minutes(0, 5, 10, 15);

const reachRow = (hour: number, row: Row = {}): Row => ({
  ...{ network_id: devnet.network, probe: 'http', target: 'pool', observer: 'here', host: 'pool.example' },
  ...{
    hour,
    provider_id: id('pool'),
    node_id: null,
    asked,
    answered: asked,
    reached: asked,
    latency_us: toLatencies(),
  },
  ...row,
});
const ofNode = { target: 'node:w', node_id: id('w'), host: 'w.example' };
const silent = { answered: '0', reached: '0', latency_us: toLatencies([]) };

const everyFive = minutes(...range(12).map((index) => 5 * index));
const twelve = { asked: everyFive, answered: everyFive, reached: everyFive };

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

function toLatencies(given: readonly number[] = [1_000, 2_000, 3_000, 6_000]): readonly (number | null)[] {
  return Array.from({ length: 60 }, (_, minute) => given[minute / 5] ?? null);
}

let open: OpenApi;
beforeAll(async () => {
  open = await openApi({
    ...emptyNetworks,
    provider: ['pool', 'away', 'unasked', 'half'].map((name) => providerRow(name)),
    node: [nodeRow('w', { provider_id: id('pool') }), nodeRow('x', { provider_id: id('pool') })],
    reach_hour: [
      reachRow(thisHour - 721, silent),
      reachRow(thisHour - 720, silent),
      // Two of four answered, which the observer's own silence explains of one more.
      reachRow(thisHour - 30, { answered: minutes(0, 5), reached: minutes(0, 5) }),
      reachRow(thisHour - 2),
      // It answered that it cannot: we were not cut off, whatever else fell silent.
      reachRow(thisHour - 1, { probe: 'tcp', answered: minutes(0, 5), reached: '0', latency_us: toLatencies([]) }),
      reachRow(thisHour, {
        asked: minutes(0, 20),
        answered: minutes(0),
        reached: minutes(0),
        latency_us: toLatencies([9]),
      }),
      reachRow(thisHour, { ...ofNode, asked: minutes(10), answered: minutes(10), reached: minutes(10) }),
      // Up for twelve hours, in which it is asked every five minutes, then silent for twelve and asked once in each.
      ...range(24).map((back) =>
        reachRow(thisHour - 120 - back, {
          ...{ target: 'half', provider_id: id('half'), host: 'half.example' },
          ...(back < 12 ? { ...silent, asked: minutes(7) } : twelve),
        }),
      ),
      // What is not judged yet does not count, were it of another observer.
      reachRow(thisHour, { observer: 'there', ...silent }),
      reachRow(thisHour - 5, { target: 'away', provider_id: id('away'), host: 'away.example', ...silent }),
    ],
    reach_blind: [721, 720, ...range(24).map((back) => 120 + back), 30, 5, 2, 1, 0].map((back) => ({
      ...{
        observer: 'here',
        hour: thisHour - back,
        blind: back === 30 ? minutes(9, 10, 11) : back === 1 ? asked : '0',
      },
    })),
  });
});
afterAll(() => open.close());

const fields = `probe targets targetsReached asked known reached reachedShare coverage days ofDays lastReached latencyMeanUs
  latencyMaxUs`;

describe('reachability', () => {
  it('is what is known of the times asked, by probe: our own silence blames nobody', async () => {
    const { provider } = await open.read(`{ provider(id: "${id('pool')}") { reachability { from ${fields} } } }`);
    expect(provider).toEqual({
      reachability: [
        {
          ...{ probe: 'http', from: '2026-02-08T14:00:00.000Z', targets: 2, targetsReached: 1 },
          ...{
            asked: '15',
            known: '14',
            reached: '8',
            reachedShare: (0 + 2 / 3 + 1 + 1 / 2 + 1) / 5,
            coverage: 14 / 15,
            days: 3,
            ofDays: 30,
          },
          ...{ lastReached: '2026-03-10T14:10:00.000Z', latencyMeanUs: 2_668, latencyMaxUs: 6_000 },
        },
        {
          ...{ probe: 'tcp', from: '2026-02-08T14:00:00.000Z', targets: 1, targetsReached: 0 },
          ...{ asked: '4', known: '2', reached: '0', reachedShare: 0, coverage: 0.5, days: 1, ofDays: 30 },
          ...{ lastReached: null, latencyMeanUs: null, latencyMaxUs: null },
        },
      ],
    });
  });

  it('of a machine is its own, and empty for who names no address', async () => {
    const { provider } = await open.read<{ provider: { nodes: { id: string; reachability: unknown[] }[] } }>(
      `{ provider(id: "${id('pool')}") { nodes { id reachability(window: h24) { probe targets known reached ofDays } } } }`,
    );
    expect(provider.nodes.toSorted((one, other) => one.id.localeCompare(other.id))).toEqual([
      { id: id('w'), reachability: [{ probe: 'http', targets: 1, known: '1', reached: '1', ofDays: 1 }] },
      { id: id('x'), reachability: [] },
    ]);
  });

  it('does not say who is there now when nobody has asked of late, nor anything of who is not asked', async () => {
    const query = `{ away: provider(id: "${id('away')}") { reachability { targetsReached known reachedShare } }
      unasked: provider(id: "${id('unasked')}") { reachability { probe } } }`;
    expect(await open.read(query)).toEqual({
      away: { reachability: [{ targetsReached: null, known: '4', reachedShare: 0 }] },
      unasked: { reachability: [] },
    });
  });

  it('weighs an hour as an hour, though the silent are asked less often', async () => {
    const query = `{ provider(id: "${id('half')}") { reachability { known reached reachedShare } } }`;
    expect(await open.read(query)).toEqual({
      provider: { reachability: [{ known: '156', reached: '144', reachedShare: 0.5 }] },
    });
  });

  it('of a page of providers and of their nodes is one statement each', async () => {
    const query = '{ providers(first: 10) { reachability { known } nodes(first: 5) { reachability { known } } } }';
    expect(await listStatements(() => open.read(query))).toHaveLength(4);
  });
});
