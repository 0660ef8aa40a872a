import { CLOSE_AFTER_MS } from '../../indexer/telemetry/rollup/closeHours.js';
import { toDay, toHour, toSlot } from '../../schema/heartbeat/slots.js';
import { address, devnet, emptyNetworks, id, nodeRow, providerRow, type Row, type Seed, seed } from '../api/seed.js';
import {
  allAlive,
  between,
  flagRow,
  heartbeatNodeRow,
  makePartitions,
  minutes,
  networkDayRow,
  nodeDayRow,
  nodeHourRow,
  observerRow,
  openHourRow,
  standingRow,
  verdictRow,
} from '../api/seedHeartbeats.js';

const owner = { owner: address('a') };
const pool = { provider_id: id('pool') };
export const names = ['steady', 'shaky', 'fresh', 'mute'] as const;
const [steady, shaky, fresh] = [1, 2, 3] as const;

/** A provider with a node that was always up, one that is odd, one of three days and one without beats; another without any. */
export const withBeats: Seed = {
  ...emptyNetworks,
  provider: [
    providerRow('pool', { name: 'Aurora Compute', ...owner }),
    providerRow('quiet', { name: 'Quiet Hall', ...owner }),
  ],
  node: names.map((name) => nodeRow(name, pool)),
  observer: [observerRow('north'), observerRow('south')],
  heartbeat_node: names.slice(0, 3).map((name) => heartbeatNodeRow(id(name), pool)),
};

/** Their beats up to now, with twelve minutes of ours missing five hours ago. */
export async function seedBeats(url: string, now: Date): Promise<void> {
  const slot = toSlot(now.getTime());
  const hour = toHour(slot);
  const today = toDay(hour);
  // An hour counts ten minutes after its end: just after midnight nothing of today does.
  const lastDay = toDay(toHour(toSlot(now.getTime() - CLOSE_AFTER_MS)) - 1);
  await makePartitions(url);
  await seed(url, {
    node_verdict: [
      ...range(24).flatMap((back) => [verdictRow(steady, hour - 1 - back), verdictRow(fresh, hour - 1 - back)]),
      ...range(24).map((back) => verdictRow(shaky, hour - 1 - back, back === 3 ? { up: between(0, 41) } : {})),
      // The day with which thirty days begin is read by the hour too, of which there are more the earlier it is today.
      ...range(24).flatMap((back) => [steady, shaky].map((node) => verdictRow(node, hour - 30 * 24 + back))),
    ],
    node_hour: range(24).flatMap((back) =>
      [steady, shaky, fresh].map((node) =>
        nodeHourRow(node, hour - 1 - back, {
          ...{
            rtt_sum_us: 60 * 38_400,
            rtt_count: 60,
            rtt_max_us: 91_000,
            util_sum_permille: 60 * 640,
            util_count: 60,
          },
          late: node === shaky ? minutes(7) : 0,
        }),
      ),
    ),
    // This hour is not over: its beats show who is there, for some minutes more, while pages are looked at.
    node_hour_open: [hour - 1, hour, hour + 1].flatMap((one) =>
      [steady, fresh].map((node) => openHourRow(node, one, { up: between(0, toMinute(slot + 4 - one * 60)) })),
    ),
    node_day: [
      ...range(90).map((back) => nodeDayRow(steady, today - back)),
      ...range(60).map((back) => nodeDayRow(shaky, today - back, toShakyDay(back))),
      ...range(3).map((back) => nodeDayRow(fresh, lastDay - back)),
    ],
    network_day: range(75).map((back) => networkDayRow(today - back, toNetworkDay(back))),
    node_standing: [
      standingRow(steady, { to_hour: hour, up: 43_200, known: 43_200, expected: 43_200, uptime_ppm: 1_000_000 }),
      standingRow(shaky, { to_hour: hour, up: 42_000, known: 43_100, expected: 43_200, uptime_ppm: 974_477 }),
      standingRow(fresh, { to_hour: hour, up: 4_310, known: 4_312, expected: 4_320, uptime_ppm: 999_536 }),
    ],
    beat_flag: [
      flagRow(shaky, hour - 30, { reason: 'clone', slots: minutes(3, 4, 5) }),
      flagRow(shaky, hour - 2, { reason: 'hardware', slots: minutes(0) }),
    ],
    // Our probes ask the provider and one of its machines, which was not there at first.
    reach_blind: range(72).map((back) => ({ observer: 'here', hour: hour - back, blind: '0' })),
    reach_hour: range(72).flatMap((back) => [
      reachRow(hour - back, { target: 'pool', node_id: null }),
      reachRow(hour - back, { target: 'node:fresh', node_id: id('fresh'), ...(back > 60 ? { reached: '0' } : {}) }),
    ]),
    observer_slot: [
      ...range(600)
        .filter((back) => back < 300 || back > 311)
        .map((back) => ({ observer: 1, slot: slot + 5 - back, alive: allAlive })),
      ...range(600)
        .filter((back) => back < 300 || back > 340)
        .map((back) => ({ observer: 2, slot: slot + 5 - back, alive: allAlive })),
    ],
  });
}

function reachRow(hour: number, row: Row): Row {
  const asked = minutes(0, 20, 40);
  return {
    ...{ network_id: devnet.network, probe: 'http', observer: 'here', host: 'aurora.example', provider_id: id('pool') },
    ...{ hour, asked, answered: asked, reached: asked, latency_us: range(60).map((at) => (at % 20 ? null : 41_000)) },
    ...row,
  };
}

function toMinute(minute: number): number {
  return Math.min(60, Math.max(0, minute));
}

function toShakyDay(back: number): Row {
  if (back === 20) return { up: 400 };
  if (back === 11) return { up: 900, known: 900 };
  return back % 9 === 0 ? { up: 1_431 } : { maintenance: back === 5 ? 60 : 0, maintenance_up: back === 5 ? 20 : 0 };
}

function toNetworkDay(back: number): Row {
  const due = 3 * 1_440;
  if (back === 40) return { nodes: 3, up: 0, known: 0, expected: due };
  const up = back === 20 ? due - 1_040 : due - (back % 9 === 0 ? 9 : 0);
  return { nodes: 3, up, known: due, expected: due };
}

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}
