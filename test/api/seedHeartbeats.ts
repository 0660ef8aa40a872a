import { HOURS_PER_DAY, SLOTS_PER_HOUR } from '../../schema/heartbeat/slots.js';
import { devnet, execute, type Row } from './seed.js';

/** The hour tables take rows by partitions that a job makes; tests have one for all time. */
export function makePartitions(url: string): Promise<void> {
  return execute(
    url,
    `create table node_hour_all partition of node_hour default;
    create table node_verdict_all partition of node_verdict default`,
  );
}

export const hourOf = (time: string) => Date.parse(time) / 3_600_000;
export const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
export const slotOf = (time: string) => Date.parse(time) / 60_000;

/** A bitmap with these minutes of an hour, as Postgres takes it. */
export const minutes = (...list: readonly number[]) =>
  list.reduce((bits, minute) => bits | (1n << BigInt(minute)), 0n).toString();
/** Minutes from one to before another. */
export const between = (from: number, to: number) =>
  minutes(...Array.from({ length: to - from }, (_, index) => from + index));
export const fullHour = between(0, SLOTS_PER_HOUR);
export const allAlive = fullHour;

/** Identity columns take no value of ours: rows are numbered from 1 in the order given. */
export const heartbeatNodeRow = (nodeId: string, row: Row = {}): Row => ({
  ...{ node_id: nodeId, network_id: devnet.network, provider_id: null, first_slot: 1 },
  ...row,
});

export const observerRow = (name: string, row: Row = {}): Row => ({ name, network_group: name, ...row });

export const verdictRow = (nodeKey: number, hour: number, row: Row = {}): Row => ({
  ...{ node_key: nodeKey, hour, up: fullHour, known: fullHour, expected: fullHour },
  ...row,
});

export const nodeHourRow = (nodeKey: number, hour: number, row: Row = {}): Row => ({
  ...{ node_key: nodeKey, hour, observer: 1, up: fullHour, late: 0 },
  ...{ rtt_sum_us: 0, rtt_max_us: 0, util_sum_permille: 0, rtt_count: 0, util_count: 0 },
  ...row,
});

export const openHourRow = (nodeKey: number, hour: number, row: Row = {}): Row => ({
  ...{ node_key: nodeKey, hour, observer: 1, up: 0, late: 0 },
  ...row,
});

const DAY = HOURS_PER_DAY * SLOTS_PER_HOUR;
const day = { up: DAY, known: DAY, expected: DAY, maintenance: 0, maintenance_up: 0 };
const readings = { late: 0, rtt_count: 0, util_count: 0, rtt_sum_us: 0, rtt_max_us: 0, util_sum_permille: 0 };

export const nodeDayRow = (nodeKey: number, date: number, row: Row = {}): Row => ({
  ...{ node_key: nodeKey, day: date, ...day, ...readings },
  ...row,
});

export const networkDayRow = (date: number, row: Row = {}): Row => ({
  ...{ network_id: devnet.network, day: date, nodes: 1, ...day, ...readings },
  ...row,
});

export const standingRow = (nodeKey: number, row: Row = {}): Row => ({
  ...{ node_key: nodeKey, network_id: devnet.network, to_hour: 0, up: 0, known: 0, expected: 0 },
  ...{ maintenance: 0, maintenance_up: 0, uptime_ppm: null },
  ...row,
});

export const flagRow = (nodeKey: number, hour: number, row: Row = {}): Row => ({
  ...{ node_key: nodeKey, hour, reason: 'clone', slots: '1' },
  ...row,
});
