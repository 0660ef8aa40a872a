import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { flagReasons } from '../../schema/heartbeat/flagReasons.js';
import { listStatements } from './listStatements.js';
import { type OpenApi, openApi } from './openApi.js';
import { devnet, emptyNetworks, execute, id, nodeRow, providerRow, recorded, seed } from './seed.js';
import {
  allAlive,
  between,
  dayOf,
  flagRow,
  fullHour,
  heartbeatNodeRow,
  hourOf,
  makePartitions,
  minutes,
  networkDayRow,
  nodeDayRow,
  nodeHourRow,
  observerRow,
  openHourRow,
  slotOf,
  standingRow,
  verdictRow,
} from './seedHeartbeats.js';

/** Only the clock is ours: sockets go on as they do. */
const timers = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
  ...(['nextTick', 'queueMicrotask', 'hrtime', 'performance'] as const),
];
jest.useFakeTimers({ now: new Date('2026-03-10T14:25:40Z'), doNotFake: timers });

const today = dayOf('2026-03-10');
const thisHour = hourOf('2026-03-10T14:00Z');
const lastClosed = slotOf('2026-03-10T14:24Z');
const pool = { provider_id: id('pool') };
const [steady, shaky, silent, opened, alone, elsewhere] = [1, 2, 3, 4, 5, 6] as const;

let open: OpenApi;
beforeAll(async () => {
  open = await openApi({
    ...emptyNetworks,
    provider: [providerRow('pool'), providerRow('solo'), providerRow('none')],
    node: ['steady', 'shaky', 'silent', 'opened', 'mute'].map((name) => nodeRow(name, pool)),
    observer: [observerRow('north'), observerRow('south'), observerRow('spare')],
    heartbeat_node: [
      heartbeatNodeRow(id('steady'), pool),
      // It was another provider's when its session was opened; the chain has the last word.
      heartbeatNodeRow(id('shaky'), { provider_id: id('none') }),
      ...['silent', 'opened'].map((name) => heartbeatNodeRow(id(name), pool)),
      heartbeatNodeRow(id('solo')),
      heartbeatNodeRow(id('elsewhere'), { provider_id: id('elsewhere-pool') }),
    ],
  });
  await makePartitions(open.url);
  await seed(open.url, {
    node_verdict: [
      // One hour of each edge of the 30 days, and one just outside.
      verdictRow(steady, thisHour - 721, { up: 0 }),
      verdictRow(steady, thisHour - 720, { up: between(0, 30) }),
      verdictRow(steady, thisHour - 2, { maintenance: minutes(0, 1, 2), known: between(1, 60), up: between(2, 60) }),
      verdictRow(steady, thisHour - 1, { known: 0, up: 0 }),
      verdictRow(shaky, thisHour - 1, { up: between(0, 6) }),
      verdictRow(alone, thisHour - 25, { up: 0 }),
      verdictRow(alone, thisHour - 24, { up: between(0, 45) }),
      verdictRow(alone, thisHour - 1),
    ],
    node_hour: [
      nodeHourRow(steady, thisHour - 721, { rtt_sum_us: 9, rtt_count: 1, rtt_max_us: 9_000_000 }),
      nodeHourRow(steady, thisHour - 2, { late: minutes(5), ...{ rtt_sum_us: 300, rtt_count: 3, rtt_max_us: 150 } }),
      nodeHourRow(steady, thisHour - 2, { observer: 2, late: minutes(5, 6) }),
      nodeHourRow(silent, thisHour - 5, { up: 0, late: minutes(7) }),
    ],
    node_hour_open: [
      openHourRow(steady, thisHour, { up: minutes(23, 24) }),
      openHourRow(shaky, thisHour - 1, { up: fullHour }),
      openHourRow(shaky, thisHour, { up: between(0, 20), late: minutes(21) }),
      openHourRow(shaky, thisHour, { observer: 2, up: minutes(20) }),
      openHourRow(alone, thisHour, { up: between(0, 24) }),
    ],
    node_day: [
      nodeDayRow(steady, today - 30, { up: 0 }),
      nodeDayRow(steady, today - 29, { up: 1_400, late: 4, rtt_sum_us: 1_000, rtt_count: 7, rtt_max_us: 700 }),
      nodeDayRow(steady, today - 1, { known: 1_000, up: 1_000, util_sum_permille: 500, util_count: 3 }),
      // Of today there may be a row already: it counts once, by its hours.
      nodeDayRow(steady, today, { up: 30, known: 59, expected: 120 }),
      nodeDayRow(shaky, today - 1, { up: 720 }),
      nodeDayRow(shaky, today, { up: 6, known: 60, expected: 60 }),
    ],
    network_day: [
      networkDayRow(today - 3, { nodes: 3, up: 4_000, known: 4_320, expected: 4_320 }),
      networkDayRow(today - 1, { nodes: 2, up: 0, known: 0, expected: 2_880 }),
      networkDayRow(today, { maintenance: 60, maintenance_up: 10, up: 800, known: 900, expected: 900 }),
      networkDayRow(today - 90, { nodes: 9 }),
    ],
    node_standing: [
      standingRow(steady, { to_hour: thisHour, up: 43_100, known: 43_200, expected: 43_200, uptime_ppm: 997_685 }),
      standingRow(shaky, { to_hour: thisHour, up: 2_000, known: 2_000, expected: 4_000, uptime_ppm: 1_000_000 }),
      standingRow(silent, { to_hour: thisHour, up: 60, known: 60, expected: 60, uptime_ppm: 1_000_000 }),
      standingRow(opened, { to_hour: thisHour, up: 43_200, known: 43_200, uptime_ppm: 1_000_000 }),
      standingRow(alone, { to_hour: thisHour, up: 43_200, known: 43_200, expected: 43_200, uptime_ppm: 1_000_000 }),
      standingRow(elsewhere, { network_id: 'other', to_hour: thisHour, known: 43_200, uptime_ppm: 1_000_000 }),
    ],
    beat_flag: [
      flagRow(steady, thisHour - 800, { reason: 'frozen' }),
      flagRow(steady, thisHour - 100, { slots: minutes(10, 11) }),
      flagRow(steady, thisHour, { slots: minutes(3) }),
      flagRow(steady, thisHour - 10, { reason: 'equivocation', slots: minutes(59) }),
      flagRow(shaky, thisHour - 20, { reason: 'hardware', slots: minutes(0) }),
    ],
    observer_slot: [
      // North observes since 90 minutes before; it was away for a while, and for a moment that was too long.
      ...Array.from({ length: 90 }, (_, back) => lastClosed - back)
        .filter((slot) => slot < lastClosed - 40 || slot > lastClosed - 30)
        .map((slot) => ({ observer: 1, slot, alive: slot === lastClosed - 12 ? between(0, 49) : allAlive })),
      // South began later, with 50 of 60 seconds, and has gone.
      ...Array.from({ length: 30 }, (_, at) => ({ observer: 2, slot: lastClosed - 35 + at, alive: between(0, 50) })),
    ],
  });
});
afterAll(() => open.close());

const counts = 'up known expected maintenance maintenanceUp';
const ratios = 'uptimeRaw uptimeSla coverage';

interface Nodes {
  readonly provider: { readonly nodes: readonly { readonly id: string; readonly reliability: unknown }[] };
}

async function readNodes(fields: string, window = ''): Promise<Record<string, unknown>> {
  const query = `{ provider(id: "${id('pool')}") { nodes { id reliability${window} { ${fields} } } } }`;
  const { provider } = await open.read<Nodes>(query);
  return Object.fromEntries(provider.nodes.map((node) => [node.id.replace(/^.*:/, ''), node.reliability]));
}

describe('the reliability of a node', () => {
  it('is that of thirty days: whole ones by the day, both ends by the hour, nothing outside', async () => {
    const { steady } = await readNodes(
      `${counts} ${ratios} days ofDays from to late rttMeanUs rttMaxUs utilMeanPermille`,
    );
    const [up, known] = [1_400 + 1_000 + 30 + 58, 1_440 + 1_000 + 60 + 59];
    expect(steady).toEqual({
      ...{ up: String(up), known: String(known), expected: String(1_440 * 2 + 60 * 3) },
      ...{ maintenance: '2', maintenanceUp: '1' },
      uptimeRaw: up / known,
      uptimeSla: (up - 1) / (known - 2),
      coverage: known / (1_440 * 2 + 180),
      ...{ days: 2, ofDays: 30, from: '2026-02-08T14:00:00.000Z', to: '2026-03-10T14:00:00.000Z' },
      // Two observers may both have heard the same late beat, as in the sums of a day.
      ...{ late: '7', rttMeanUs: 130, rttMaxUs: 700, utilMeanPermille: 167 },
    });
  });

  it.each([
    ['h24', { up: '58', known: '59', expected: '120', ofDays: 1 }],
    ['d7', { up: '1058', known: '1059', expected: '1560', ofDays: 7 }],
    ['d90', { up: '2458', known: '3939', expected: '4440', ofDays: 90 }],
  ])('is cut at the edge of its window: %s', async (window, expected) => {
    const { steady } = await readNodes('up known expected ofDays', `(window: ${window})`);
    // Ninety days hold the whole of the day that thirty cut: 1,440 known, none up; its last hours are not read again.
    expect(steady).toEqual(expected);
  });

  it('is null for who never opened a session, and has no ratio for who has and was never known', async () => {
    const { mute, opened, silent } = await readNodes(
      `${counts} ${ratios} days online lastBeat rttMeanUs flags { text }`,
    );
    const nothing = {
      up: '0',
      known: '0',
      expected: '0',
      maintenance: '0',
      maintenanceUp: '0',
      days: 0,
      rttMeanUs: null,
    };
    const unknown = { ...nothing, uptimeRaw: null, uptimeSla: null, coverage: null, flags: [] };
    expect(mute).toBe(null);
    expect(opened).toEqual({ ...unknown, online: null, lastBeat: null });
    expect(silent).toEqual({ ...unknown, online: false, lastBeat: '2026-03-10T09:07:00.000Z' });
  });

  it('says who is there now: silent after three misses, there again after two beats in a row', async () => {
    const nodes = await readNodes('online lastBeat nodes nodesOnline');
    expect(nodes).toEqual({
      steady: { online: true, lastBeat: '2026-03-10T14:24:00.000Z', nodes: 1, nodesOnline: 1 },
      // Its last beat was late, which is seen but not up.
      shaky: { online: false, lastBeat: '2026-03-10T14:21:00.000Z', nodes: 1, nodesOnline: 0 },
      silent: { online: false, lastBeat: '2026-03-10T09:07:00.000Z', nodes: 1, nodesOnline: 0 },
      opened: { online: null, lastBeat: null, nodes: 1, nodesOnline: null },
      mute: null,
    });
  });

  it('shows what was odd within the window, with the sentence of the reason', async () => {
    const { steady } = await readNodes('flags { reason text from to slots }');
    expect(steady).toEqual({
      flags: [
        {
          ...{ reason: 'clone', text: flagReasons.clone, slots: 3 },
          ...{ from: '2026-03-06T10:10:00.000Z', to: '2026-03-10T14:04:00.000Z' },
        },
        {
          ...{ reason: 'equivocation', text: flagReasons.equivocation, slots: 1 },
          ...{ from: '2026-03-10T04:59:00.000Z', to: '2026-03-10T05:00:00.000Z' },
        },
      ],
    });
    const inADay = await readNodes('flags { reason }', '(window: h24)');
    expect(inADay.shaky).toEqual({ flags: [{ reason: 'hardware' }] });
    const inQuarter = await readNodes('flags { reason }', '(window: d90)');
    expect(inQuarter.steady).toEqual({
      flags: [{ reason: 'clone' }, { reason: 'equivocation' }, { reason: 'frozen' }],
    });
  });

  it('by day is every day from the first one on, with those of which nothing is known', async () => {
    const query = (days: number) =>
      `{ provider(id: "${id('pool')}") { nodes { id uptimeByDay(days: ${days}) { date up known uptimeRaw nodes inProgress } } } }`;
    const { provider } = await open.read<{
      provider: { nodes: { id: string; uptimeByDay: { date: string; known: string; inProgress: boolean }[] }[] };
    }>(query(30));
    const days = provider.nodes.find((node) => node.id === id('steady'))?.uptimeByDay ?? [];
    expect(days).toHaveLength(30);
    expect(days[0]).toEqual({
      ...{ date: '2026-02-09', up: '1400', known: '1440', uptimeRaw: 1_400 / 1_440, nodes: 1, inProgress: false },
    });
    expect(days[1]).toEqual({
      ...{ date: '2026-02-10', up: '0', known: '0', uptimeRaw: null, nodes: 0, inProgress: false },
    });
    expect(days.at(-1)).toMatchObject({ date: '2026-03-10', known: '59', inProgress: true });
    expect(provider.nodes.find((node) => node.id === id('mute'))?.uptimeByDay).toEqual([]);
  });
});

describe('the hours of a day', () => {
  const hoursOf = 'from nodes up known expected maintenance uptimeRaw minutes';

  it('are those that are settled, with a letter for each minute', async () => {
    const { node, provider } = await open.read<Record<'node' | 'provider', { uptimeByHour: unknown[] }>>(
      `{ node(id: "${id('steady')}") { uptimeByHour(date: "2026-03-10") { ${hoursOf} } }
        provider(id: "${id('pool')}") { uptimeByHour(date: "2026-03-10") { from nodes minutes } } }`,
    );
    expect(node.uptimeByHour).toEqual([
      {
        ...{ from: '2026-03-10T12:00:00.000Z', nodes: 1, up: '58', known: '59', expected: '60', maintenance: '2' },
        // The first minute nobody saw; the second was maintenance.
        ...{ uptimeRaw: 58 / 59, minutes: `?m${'u'.repeat(58)}` },
      },
      {
        ...{ from: '2026-03-10T13:00:00.000Z', nodes: 1, up: '0', known: '0', expected: '60', maintenance: '0' },
        ...{ uptimeRaw: null, minutes: '?'.repeat(60) },
      },
    ]);
    // Of two machines one is unknown and the other one fails after six minutes.
    expect(provider.uptimeByHour.at(-1)).toEqual({
      ...{ from: '2026-03-10T13:00:00.000Z', nodes: 2, minutes: `${'u'.repeat(6)}${'d'.repeat(54)}` },
    });
  });

  it('are none of a day without any, and of what is no day', async () => {
    const ask = (date: string) => `{ node(id: "${id('steady')}") { uptimeByHour(date: "${date}") { minutes } } }`;
    expect(await open.read(ask('2026-03-09'))).toEqual({ node: { uptimeByHour: [] } });
    for (const date of ['2026-02-30', '2026-3-1', '1999-01-01', 'today'])
      expect(await open.fail(ask(date))).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describe('maintenance', () => {
  it('is told with who announced it and when, the latest first, of a node and of its provider', async () => {
    const notice = (from: string, to: string) => ({
      ...{ node_key: steady, from_slot: slotOf(from), to_slot: slotOf(to), account: Buffer.alloc(20, 7) },
      received_at: new Date('2026-03-01T00:00:00Z'),
    });
    await seed(open.url, {
      maintenance_notice: [
        notice('2026-03-10T12:00Z', '2026-03-10T12:03Z'),
        notice('2026-03-12T00:00Z', '2026-03-12T01:00Z'),
      ],
    });
    const read = (of: string) => open.read<Record<string, { maintenance: unknown[] }>>(`{ ${of} }`);
    const fields = 'node from to announcedAt account';
    const { node } = await read(`node(id: "${id('steady')}") { maintenance { ${fields} } }`);
    expect(node?.maintenance).toEqual([
      {
        ...{ node: id('steady'), from: '2026-03-12T00:00:00.000Z', to: '2026-03-12T01:00:00.000Z' },
        ...{ announcedAt: '2026-03-01T00:00:00.000Z', account: `0x${'07'.repeat(20)}` },
      },
      expect.objectContaining({ from: '2026-03-10T12:00:00.000Z', to: '2026-03-10T12:03:00.000Z' }),
    ]);
    const { provider } = await read(`provider(id: "${id('pool')}") { maintenance(first: 1) { node from } }`);
    expect(provider?.maintenance).toEqual([{ node: id('steady'), from: '2026-03-12T00:00:00.000Z' }]);
    const { none } = await read(`none: provider(id: "${id('none')}") { maintenance { node } }`);
    expect(none?.maintenance).toEqual([]);
  });
});

describe('the reliability of a provider', () => {
  it('is that of its nodes together', async () => {
    const { provider } = await open.read(
      `{ provider(id: "${id('pool')}") { reliability { ${counts} uptimeRaw days nodes nodesOnline online lastBeat
        flags { reason slots } } uptimeByDay(days: 2) { date up known nodes } } }`,
    );
    const [up, known] = [2_488 + 720 + 6, 2_559 + 1_500];
    expect(provider).toEqual({
      reliability: {
        ...{ up: String(up), known: String(known), expected: String(3_060 + 1_500) },
        ...{ maintenance: '2', maintenanceUp: '1', uptimeRaw: up / known, days: 2, nodes: 4, nodesOnline: 1 },
        ...{ online: true, lastBeat: '2026-03-10T14:24:00.000Z' },
        flags: [
          { reason: 'clone', slots: 3 },
          { reason: 'equivocation', slots: 1 },
          { reason: 'hardware', slots: 1 },
        ],
      },
      uptimeByDay: [
        { date: '2026-03-09', up: '1720', known: '2440', nodes: 2 },
        { date: '2026-03-10', up: '36', known: '119', nodes: 2 },
      ],
    });
  });

  it('is its own where the protocol names no machines, and null where nobody sends', async () => {
    const query = `{ solo: provider(id: "${id('solo')}") { reliability(window: h24) { up known nodes online } }
      none: provider(id: "${id('none')}") { reliability { up } uptimeByDay { date } } }`;
    expect(await open.read(query)).toEqual({
      solo: { reliability: { up: '105', known: '120', nodes: 1, online: true } },
      none: { reliability: null, uptimeByDay: [] },
    });
  });
});

describe('the reliability of a network', () => {
  it('is shown by day, a day without a row among them', async () => {
    const query = `{ network(id: "${devnet.network}") { sendsHeartbeats
      reliabilityByDay(days: 90) { date nodes ${counts} ${ratios} inProgress } } }`;
    const { network } = await open.read<{ network: { sendsHeartbeats: boolean; reliabilityByDay: unknown[] } }>(query);
    const maintained = { maintenance: '60', maintenanceUp: '10', uptimeSla: 790 / 840 };
    const none = { maintenance: '0', maintenanceUp: '0' };
    const unknown = { ...none, up: '0', known: '0', uptimeRaw: null, uptimeSla: null, inProgress: false };
    const share = 4_000 / 4_320;
    expect(network.sendsHeartbeats).toBe(true);
    expect(network.reliabilityByDay).toEqual([
      {
        ...{ date: '2026-03-07', nodes: 3, up: '4000', known: '4320', expected: '4320', ...none },
        ...{ uptimeRaw: share, uptimeSla: share, coverage: 1, inProgress: false },
      },
      { ...unknown, date: '2026-03-08', nodes: 0, expected: '0', coverage: null },
      { ...unknown, date: '2026-03-09', nodes: 2, expected: '2880', coverage: 0 },
      {
        ...{ date: '2026-03-10', nodes: 1, up: '800', known: '900', expected: '900', ...maintained },
        ...{ uptimeRaw: 800 / 900, coverage: 1, inProgress: true },
      },
    ]);
  });

  it('names its best nodes: known for a day at least, not gone, of equals the longer known first', async () => {
    const query = `{ network(id: "${devnet.network}") { mostReliableNodes {
      id nativeId provider { id } up known uptimeRaw days ofDays to online flags { reason } } } }`;
    const common = { ofDays: 30, to: '2026-03-10T14:00:00.000Z' };
    const [all, some] = [
      { up: '43200', known: '43200', uptimeRaw: 1, days: 30 },
      { up: '2000', known: '2000', uptimeRaw: 1, days: 2 },
    ];
    const { network } = await open.read<{ network: { mostReliableNodes: { id: string }[] } }>(query);
    expect(network.mostReliableNodes).toEqual([
      {
        ...{ ...all, ...common, id: id('solo'), nativeId: 'solo' },
        provider: { id: id('solo') },
        online: true,
        flags: [],
      },
      {
        ...{ ...some, ...common, id: id('shaky'), nativeId: 'shaky' },
        ...{ provider: { id: id('pool') }, online: false, flags: [{ reason: 'hardware' }] },
      },
      {
        ...{ ...common, id: id('steady'), nativeId: 'steady', up: '43100', known: '43200', uptimeRaw: 43_100 / 43_200 },
        ...{ days: 30, provider: { id: id('pool') }, online: true },
        flags: [{ reason: 'clone' }, { reason: 'equivocation' }],
      },
    ]);
    const { network: one } = await open.read<{ network: { mostReliableNodes: { id: string }[] } }>(
      `{ network(id: "${devnet.network}") { mostReliableNodes(first: 1) { id } } }`,
    );
    expect(one.mostReliableNodes).toEqual([{ id: id('solo') }]);
  });

  it('is empty where nobody sends', async () => {
    const query = `{ network(id: "${recorded.network}") { sendsHeartbeats reliabilityByDay { date } mostReliableNodes { id } } }`;
    expect(await open.read(query)).toEqual({
      network: { sendsHeartbeats: false, reliabilityByDay: [], mostReliableNodes: [] },
    });
  });
});

describe('the collector', () => {
  it('says who observes, when nobody did, and what came of late', async () => {
    const query = `{ heartbeatStatus { down outages { from to minutes } beats { at beats }
      observers { name networkGroup alive since lastAlive beats outages { from to minutes } } } }`;
    expect(await open.read(query)).toEqual({
      heartbeatStatus: {
        down: false,
        outages: [
          // South was there from 13:49 on; before it, and while both were away, nobody was.
          { from: '2026-03-10T13:44:00.000Z', to: '2026-03-10T13:49:00.000Z', minutes: 5 },
        ],
        beats: [
          { at: '2026-03-10T14:20:00.000Z', beats: '2' },
          { at: '2026-03-10T14:21:00.000Z', beats: '2' },
          { at: '2026-03-10T14:22:00.000Z', beats: '1' },
          { at: '2026-03-10T14:23:00.000Z', beats: '2' },
          { at: '2026-03-10T14:24:00.000Z', beats: '1' },
        ],
        observers: [
          {
            ...{ name: 'north', networkGroup: 'north', alive: true, beats: '1' },
            ...{ since: '2026-03-10T12:55:00.000Z', lastAlive: '2026-03-10T14:24:00.000Z' },
            outages: [
              { from: '2026-03-10T13:44:00.000Z', to: '2026-03-10T13:55:00.000Z', minutes: 11 },
              { from: '2026-03-10T14:12:00.000Z', to: '2026-03-10T14:13:00.000Z', minutes: 1 },
            ],
          },
          {
            ...{ name: 'south', networkGroup: 'south', alive: false, beats: '0' },
            ...{ since: '2026-03-10T13:49:00.000Z', lastAlive: '2026-03-10T14:18:00.000Z' },
            outages: [{ from: '2026-03-10T14:19:00.000Z', to: null, minutes: 6 }],
          },
          {
            ...{ name: 'spare', networkGroup: 'spare', alive: null, beats: '0', since: null, lastAlive: null },
            outages: [],
          },
        ],
      },
    });
  });

  it('that is down now says so, and then nobody is said to be away', async () => {
    jest.setSystemTime(new Date('2026-03-10T14:45:40Z'));
    try {
      const { heartbeatStatus } = await open.read('{ heartbeatStatus { down outages { from to } } }');
      expect(heartbeatStatus).toEqual({
        down: true,
        outages: [
          { from: '2026-03-10T13:44:00.000Z', to: '2026-03-10T13:49:00.000Z' },
          { from: '2026-03-10T14:25:00.000Z', to: null },
        ],
      });
      const { steady, silent } = await readNodes('online lastBeat');
      expect([steady, silent]).toEqual([
        { online: null, lastBeat: '2026-03-10T14:24:00.000Z' },
        { online: null, lastBeat: '2026-03-10T09:07:00.000Z' },
      ]);
    } finally {
      jest.setSystemTime(new Date('2026-03-10T14:25:40Z'));
    }
  });

  it('that has just started is there, though it was not for the whole of its first minute', async () => {
    jest.setSystemTime(new Date('2026-03-10T15:01:40Z'));
    const slot = slotOf('2026-03-10T15:00Z');
    await seed(open.url, {
      observer_slot: [
        { observer: 1, slot, alive: between(30, 60) },
        { observer: 1, slot: slot + 1, alive: between(0, 40) },
      ],
    });
    try {
      const { heartbeatStatus } = await open.read<{ heartbeatStatus: { outages: unknown[] } }>(
        '{ heartbeatStatus { down outages { from to } observers { name alive } } }',
      );
      expect(heartbeatStatus).toMatchObject({
        down: false,
        observers: [{ alive: true }, { alive: false }, { alive: null }],
      });
      expect(heartbeatStatus.outages.at(-1)).toEqual({
        ...{ from: '2026-03-10T14:25:00.000Z', to: '2026-03-10T15:01:00.000Z' },
      });
    } finally {
      jest.setSystemTime(new Date('2026-03-10T14:25:40Z'));
      await execute(open.url, `delete from observer_slot where slot >= ${slot}`);
    }
  });

  it('that never ran is neither up nor down', async () => {
    const fresh = await openApi(emptyNetworks);
    try {
      const query = '{ heartbeatStatus { down outages { from } beats { beats } observers { name } } }';
      expect(await fresh.read(query)).toEqual({
        heartbeatStatus: { down: null, outages: [], beats: [], observers: [] },
      });
    } finally {
      await fresh.close();
    }
  });
});

describe('limits', () => {
  it.each([
    ['provider', 'uptimeByDay(days: 91) { date }', 'days to be from 1 to 90, got 91'],
    ['provider', 'uptimeByDay(days: 0) { date }', 'days to be from 1 to 90, got 0'],
    ['network', 'reliabilityByDay(days: 91) { date }', 'days to be from 1 to 90, got 91'],
    ['network', 'mostReliableNodes(first: 101) { id }', 'first to be from 1 to 100, got 101'],
  ])('%s { %s } is refused', async (noun, field, message) => {
    const of = noun === 'provider' ? id('pool') : devnet.network;
    const failure = await open.fail(`{ ${noun}(id: "${of}") { ${field} } }`);
    expect(failure.message).toContain(message);
    expect(failure.code).toBe('BAD_USER_INPUT');
  });

  it('days count as rows of a list, so that a page of a quarter each is too much', async () => {
    const query = `{ providers(first: 200) { uptimeByDay(days: 90) { date } } }`;
    expect((await open.fail(query)).code).toBe('QUERY_TOO_COSTLY');
  });
});

describe('statements', () => {
  const everything = `online nodesOnline lastBeat up uptimeRaw late rttMeanUs rttMaxUs flags { text }`;

  it.each([
    // provider, nodes, slots, readings, what is heard, minutes that were seen, flags
    ['a page of nodes', `{ provider(id: "${id('pool')}") { nodes { reliability { ${everything} } } } }`, 7],
    [
      'two windows of them',
      `{ provider(id: "${id('pool')}") { nodes { a: reliability { up } b: reliability(window: d7) { up } } } }`,
      4,
    ],
    ['a page of providers', `{ providers { reliability { ${everything} } uptimeByDay { date } } }`, 7],
    [
      'a page of networks',
      '{ networks(first: 5) { reliabilityByDay { date } mostReliableNodes { online flags { text } provider { id } } sendsHeartbeats } }',
      8,
    ],
    [
      'hours and notices of a page of providers',
      '{ providers { uptimeByHour(date: "2026-03-10") { up } maintenance { node } } }',
      3,
    ],
    ['the state of the collector', '{ heartbeatStatus { down beats { beats } observers { beats } } }', 3],
  ])('of %s are one for each thing asked', async (_, query, expected) => {
    expect(await listStatements(() => open.read(query))).toHaveLength(expected);
  });
});
