import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type OpenApi, openApi } from './openApi.js';
import { devnet, emptyNetworks, execute, id, nodeRow, providerRow, recorded, seed } from './seed.js';
import {
  allAlive,
  between,
  fullHour,
  heartbeatNodeRow,
  hourOf,
  makePartitions,
  observerRow,
  openHourRow,
} from './seedHeartbeats.js';

/** Only the clock is ours: sockets go on as they do. */
const timers = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
  ...(['nextTick', 'queueMicrotask', 'hrtime', 'performance'] as const),
];
jest.useFakeTimers({ now: new Date('2026-03-10T14:25:40Z'), doNotFake: timers });

const thisHour = hourOf('2026-03-10T14:00Z');
/** Twelve nodes of a network, and three of another one, which is too few to tell. */
const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
const few = ['a', 'b', 'c'].map((name) => `${recorded.network}:${name}`);
const provider = { provider_id: id('pool') };

let open: OpenApi;
beforeAll(async () => {
  open = await openApi({
    ...emptyNetworks,
    provider: [
      providerRow('pool'),
      { ...providerRow('other'), id: `${recorded.network}:other`, network_id: recorded.network },
    ],
    node: names.map((name) => nodeRow(name, provider)),
    observer: [observerRow('here')],
    heartbeat_node: [
      ...names.map((name) => heartbeatNodeRow(id(name), provider)),
      ...few.map((node) =>
        heartbeatNodeRow(node, { network_id: recorded.network, provider_id: `${recorded.network}:other` }),
      ),
    ],
  });
  await makePartitions(open.url);
  await seed(open.url, {
    observer_slot: Array.from({ length: 86 }, (_, back) => ({
      ...{ observer: 1, slot: thisHour * 60 + 25 - back, alive: allAlive },
    })),
  });
});
afterAll(() => open.close());

/** Nodes are up from the begin of this hour to before a minute of it; all were, in the hour before. */
async function hear(toMinute: (node: number) => number, { isClosed = true } = {}): Promise<void> {
  await execute(open.url, 'truncate node_hour_open, node_hour, network_hour');
  const keys = Array.from({ length: names.length + few.length }, (_, index) => index + 1);
  const receipts = (count: number) => `{${Array(60).fill(count).join(',')}}`;
  const closed = { observer: 1, healthy: fullHour };
  await seed(open.url, {
    node_hour_open: [
      ...keys.map((key) => openHourRow(key, thisHour - 1, { up: fullHour })),
      ...keys.map((key) => openHourRow(key, thisHour, { up: between(0, toMinute(key)) })),
    ],
    network_hour: [
      { ...closed, network_id: devnet.network, hour: thisHour - (isClosed ? 1 : 2), receipts: receipts(12) },
      { ...closed, network_id: recorded.network, hour: thisHour - 1, receipts: receipts(3) },
    ],
  });
}

async function read(): Promise<{
  readonly unheard: readonly string[];
  readonly online: object;
  readonly few: unknown;
}> {
  const {
    heartbeatStatus,
    provider: pool,
    other,
  } = await open.read<{
    heartbeatStatus: { unheard: readonly string[] };
    provider: { nodes: readonly { id: string; reliability: { online: boolean | null } }[] };
    other: { reliability: { nodesOnline: number | null } };
  }>(
    `{ heartbeatStatus { unheard } provider(id: "${id('pool')}") { nodes(first: 20) { id reliability { online } } }
      other: provider(id: "${recorded.network}:other") { reliability { nodesOnline } } }`,
  );
  const online = pool.nodes.map((node) => [node.id.slice(node.id.indexOf(':') + 1), node.reliability.online]);
  return { unheard: heartbeatStatus.unheard, online: Object.fromEntries(online), few: other.reliability.nodesOnline };
}

const all = (online: boolean | null, but: Readonly<Record<string, boolean | null>> = {}) => ({
  ...Object.fromEntries(names.map((name) => [name, online])),
  ...but,
});

describe('a collector that is alive and hears next to nobody', () => {
  it('calls nobody of the network silent, and says so', async () => {
    await hear((key) => (key === 1 ? 25 : 10));
    expect(await read()).toEqual({ unheard: [devnet.network], online: all(null, { n0: true }), few: 0 });
  });

  it('does so as well while the hour before is not closed yet', async () => {
    await hear((key) => (key <= 5 ? 25 : 21), { isClosed: false });
    // Of the minutes before nothing is missing.
    expect(await read()).toEqual({ unheard: [devnet.network], online: all(true), few: 0 });
  });

  it('calls silent who is, where half of the others are heard', async () => {
    await hear((key) => (key <= 6 ? 25 : 10));
    const silent = Object.fromEntries(names.slice(6).map((name) => [name, false]));
    expect(await read()).toEqual({ unheard: [], online: all(true, silent), few: 0 });
  });

  it('says nothing of the kind where all are heard, or where few are usual', async () => {
    await hear((key) => (key > 12 ? 10 : 25));
    expect(await read()).toEqual({ unheard: [], online: all(true), few: 0 });
  });
});
