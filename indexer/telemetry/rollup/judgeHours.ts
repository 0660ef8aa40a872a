import type pg from 'pg';
import { countVoters } from '../../../schema/heartbeat/judgeSlots.js';
import { type HourRange, listRange } from './HourRange.js';
import { toVerdictSql } from './toVerdictSql.js';

/** Makes the verdicts of a network's nodes in hours whose health is written down; of other hours there is none. */
export async function judgeHours(
  client: pg.ClientBase,
  {
    networkId,
    range,
    minObservers,
  }: { readonly networkId: string; readonly range: HourRange; readonly minObservers: number },
): Promise<void> {
  const { rows: health } = await client.query<Health>(
    `select h.hour, h.observer, o.network_group, h.healthy::text
     from network_hour h join observer o on o.observer = h.observer
     where h.network_id = $1 and h.hour between $2 and $3
     order by o.network_group collate "C"`,
    [networkId, range.fromHour, range.toHour],
  );
  if (health.length === 0) return;
  const groups = [...new Set(health.map((row) => row.network_group))];
  const electorate = countElectorate(health, { range, groups, minObservers });
  await client.query(toVerdictSql(groups.length), [
    networkId,
    range.fromHour,
    range.toHour,
    health.map(({ hour }) => hour),
    health.map(({ observer }) => observer),
    health.map((row) => groups.indexOf(row.network_group) + 1),
    health.map(({ healthy }) => healthy),
    electorate.map(({ hour }) => hour),
    ...groups.map((_, index) => electorate.map(({ voters }) => String(voters[index] ?? 0n))),
  ]);
}

interface Health {
  readonly hour: number;
  readonly observer: number;
  readonly network_group: string;
  readonly healthy: string;
}

/** By hour, for k from 1 on, in which slots k groups were healthy. A group is when one of its observers is. */
function countElectorate(
  health: readonly Health[],
  { range, groups, minObservers }: { range: HourRange; groups: readonly string[]; minObservers: number },
): readonly { readonly hour: number; readonly voters: readonly bigint[] }[] {
  const hours = new Map<number, bigint[]>();
  for (const row of health) {
    const slots = hours.get(row.hour) ?? groups.map(() => 0n);
    const place = groups.indexOf(row.network_group);
    slots[place] = (slots[place] ?? 0n) | BigInt(row.healthy);
    hours.set(row.hour, slots);
  }
  return listRange(range).flatMap((hour) => {
    const slots = hours.get(hour);
    return slots ? [{ hour, voters: countVoters(slots, { minObservers }) }] : [];
  });
}
