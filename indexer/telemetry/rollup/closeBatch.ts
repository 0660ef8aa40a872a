import type pg from 'pg';
import { SLOTS_PER_HOUR, toDay } from '../../../schema/heartbeat/slots.js';
import { findStale } from './findStale.js';
import { type HourRange, listRange, toRanges } from './HourRange.js';
import { judgeHours } from './judgeHours.js';
import { keepHealth } from './keepHealth.js';
import { sql } from './sql.js';

export interface Batch {
  readonly networkId: string;
  /** These are closed, all of them. */
  readonly range: HourRange;
  /** Of hours that were closed before, these are judged again where an observer, or the chain, turns out to say something else. */
  readonly watched: HourRange;
  readonly minObservers: number;
  /** Whether the network's standings are made after it, as after the last of several batches. */
  readonly isLast: boolean;
}

/** Hours whose verdicts were made, or made again. */
export type Judged = readonly number[];

/**
 * Closes hours of one network, within a transaction of the caller's. Everything is made from what is stored, and from nothing that
 * was made before but `node_hour`: whatever comes in whatever order, the last closing says the same.
 */
export async function closeBatch(client: pg.ClientBase, batch: Batch): Promise<Judged> {
  const { networkId, range, watched, minObservers, isLast } = batch;
  const { fromHour, toHour } = range;
  const place = [networkId, fromHour, toHour];
  const hours = listRange(range);
  const again = new Set(hours);
  if (hours.length > 0) {
    await client.query(makeTaken);
    await client.query(sql.takeOpen, place);
    await client.query('analyze hour_taken');
    await client.query(sql.moveOpen, [fromHour, toHour]);
    await client.query(sql.findFirst, place);
    await client.query(sql.flagReadings, [fromHour * SLOTS_PER_HOUR, (toHour + 1) * SLOTS_PER_HOUR - 1, networkId]);
    const { rows } = await client.query<{ from_hour: number | null; to_hour: number | null }>(sql.findGap, place);
    const [gap] = rows;
    if (gap?.from_hour != null && gap.to_hour != null) {
      for (const hour of listRange({ fromHour: gap.from_hour, toHour: gap.to_hour })) again.add(hour);
    }
  }
  for (const hour of await keepHealth(client, { networkId, range, watched })) again.add(hour);
  if (watched.fromHour <= watched.toHour) {
    for (const hour of await findStale(client, { networkId, watched })) again.add(hour);
  }
  const judged = [...again].sort((one, other) => one - other);
  for (const one of toRanges(judged, { gap: 1 })) {
    await judgeHours(client, { networkId, range: one, minObservers });
  }
  for (const days of toRanges([...new Set(judged.map(toDay))], { gap: 1 })) {
    const span = [networkId, days.fromHour, days.toHour];
    await client.query(sql.sumNodeDays, span);
    await client.query(sql.sumNetworkDays, span);
  }
  if (isLast && judged.length > 0) await client.query(sql.sumStandings, [networkId]);
  // What metrics are made from it is made again by whoever rolls them, which nobody here waits for.
  if (judged.length > 0) await client.query(markSql, [networkId, judged]);
  return judged;
}

const markSql = `
  insert into mark (family, subject, hour)
  select 'uptime', $1, to_timestamp(hour * 3600::bigint) from unnest($2::int[]) as hour
`;

const makeTaken = `
  create temp table hour_taken (node_key integer not null, hour integer not null, observer smallint not null)
  on commit drop
`;
