import type pg from 'pg';
import { findHealthySlots } from '../../../schema/heartbeat/healthySlots.js';
import { HOURS_PER_DAY, SLOTS_PER_HOUR, toHour } from '../../../schema/heartbeat/slots.js';
import { type HourRange, listRange, toRanges } from './HourRange.js';
import { countReceipts } from './receipts.js';

/**
 * Writes down for the hours of `range` what each observer heard and in which slots it was healthy. What it heard counts for
 * the day after it, too, and word of an observer may come late: those hours, and those of `watched` that are closed, are looked
 * at again. Returns the hours in which anything is other than it was, or new.
 */
export async function keepHealth(
  client: pg.ClientBase,
  { networkId, range, watched }: { readonly networkId: string; readonly range: HourRange; readonly watched: HourRange },
): Promise<readonly number[]> {
  const closing = new Set(listRange(range));
  const after = closing.size > 0 ? listRange({ fromHour: range.toHour + 1, toHour: range.toHour + HOURS_PER_DAY }) : [];
  const hours = [...new Set([...closing, ...after, ...listRange(watched)])].sort((one, other) => one - other);
  const changed: KeptHour[] = [];
  for (const span of toRanges(hours, { gap: 1 })) {
    const known = await loadKnown(client, { networkId, span, range });
    for (const hour of listRange(span)) {
      if (!closing.has(hour) && !known.stored.has(hour)) continue;
      changed.push(...toChanged(hour, known, closing.has(hour)));
    }
  }
  await writeHours(client, networkId, changed);
  return [...new Set(changed.map(({ hour }) => hour))];
}

interface KeptHour {
  readonly hour: number;
  readonly observer: number;
  readonly receipts: readonly number[];
  readonly healthy: bigint;
}

type ByObserver<T> = ReadonlyMap<number, T>;

interface Known {
  /** By hour, then by observer. */
  readonly stored: ReadonlyMap<number, ByObserver<KeptHour>>;
  readonly counted: ReadonlyMap<number, ByObserver<readonly number[]>>;
  readonly aliveSeconds: ReadonlyMap<number, ByObserver<readonly number[]>>;
  /** Stands in every closed hour, by which that is known of it. */
  readonly firstObserver: number | undefined;
}

async function loadKnown(
  client: pg.ClientBase,
  { networkId, span, range }: { readonly networkId: string; readonly span: HourRange; readonly range: HourRange },
): Promise<Known> {
  const { rows: stored } = await client.query<Omit<KeptHour, 'healthy'> & { healthy: string }>(
    `select hour, observer, receipts, healthy::text from network_hour where network_id = $1 and hour between $2 and $3`,
    [networkId, span.fromHour - HOURS_PER_DAY, span.toHour],
  );
  const { rows: alive } = await client.query<{ observer: number; slot: number; seconds: number }>(
    `select observer, slot, bit_count(alive::bit(64))::int as seconds from observer_slot where slot >= $1 and slot < $2`,
    [span.fromHour * SLOTS_PER_HOUR, (span.toHour + 1) * SLOTS_PER_HOUR],
  );
  const { rows: first } = await client.query<{ observer: number | null }>(
    'select min(observer) as observer from observer',
  );
  const counted =
    span.fromHour <= range.toHour && range.fromHour <= span.toHour ? await countReceipts(client, networkId, range) : [];
  const aliveSeconds = new Map<number, Map<number, number[]>>();
  for (const { observer, slot, seconds } of alive) {
    const hour = getOrPut(aliveSeconds, toHour(slot), () => new Map<number, number[]>());
    getOrPut(hour, observer, () => Array<number>(SLOTS_PER_HOUR).fill(0))[slot % SLOTS_PER_HOUR] = seconds;
  }
  return {
    stored: byHour(stored, ({ healthy, ...row }) => ({ ...row, healthy: BigInt(healthy) })),
    counted: byHour(counted, ({ receipts }) => receipts),
    aliveSeconds,
    firstObserver: first[0]?.observer ?? undefined,
  };
}

/** What is to be written of one hour. An hour that is not being closed keeps what was heard in it. */
function toChanged(hour: number, known: Known, isClosing: boolean): readonly KeptHour[] {
  const { stored, counted, aliveSeconds, firstObserver } = known;
  const present = [
    ...(stored.get(hour)?.keys() ?? []),
    ...(counted.get(hour)?.keys() ?? []),
    ...(aliveSeconds.get(hour)?.keys() ?? []),
    ...(firstObserver === undefined ? [] : [firstObserver]),
  ];
  const toReceipts = (of: number, observer: number) =>
    counted.get(of)?.get(observer) ?? stored.get(of)?.get(observer)?.receipts ?? silence;
  const before = listRange({ fromHour: hour - HOURS_PER_DAY, toHour: hour - 1 });
  const changed: KeptHour[] = [];
  for (const observer of new Set(present)) {
    const receipts = toReceipts(hour, observer);
    const healthy = findHealthySlots({
      aliveSeconds: aliveSeconds.get(hour)?.get(observer) ?? silence,
      receipts,
      receiptsBefore: before.flatMap((of) => toReceipts(of, observer)),
    });
    const kept = stored.get(hour)?.get(observer);
    if (!kept || isClosing || kept.healthy !== healthy) changed.push({ hour, observer, receipts, healthy });
  }
  return changed;
}

const silence: readonly number[] = Array<number>(SLOTS_PER_HOUR).fill(0);

async function writeHours(client: pg.ClientBase, networkId: string, hours: readonly KeptHour[]): Promise<void> {
  if (hours.length === 0) return;
  await client.query(
    `insert into network_hour (network_id, hour, observer, receipts, healthy)
     select $1, hour, observer, receipts::int[], healthy
     from unnest($2::int[], $3::int[], $4::text[], $5::bigint[]) as given (hour, observer, receipts, healthy)
     on conflict (network_id, hour, observer) do update set receipts = excluded.receipts, healthy = excluded.healthy`,
    [
      networkId,
      hours.map(({ hour }) => hour),
      hours.map(({ observer }) => observer),
      hours.map(({ receipts }) => `{${receipts.join(',')}}`),
      hours.map(({ healthy }) => String(healthy)),
    ],
  );
}

function byHour<Row extends { readonly hour: number; readonly observer: number }, T>(
  rows: readonly Row[],
  toValue: (row: Row) => T,
): ReadonlyMap<number, ByObserver<T>> {
  const hours = new Map<number, Map<number, T>>();
  for (const row of rows) getOrPut(hours, row.hour, () => new Map<number, T>()).set(row.observer, toValue(row));
  return hours;
}

function getOrPut<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = create();
  map.set(key, made);
  return made;
}
