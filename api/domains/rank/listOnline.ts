import type { Context } from '../../createContext.js';
import type { PresenceRow } from '../heartbeat/presenceQueries.js';
import { toPresence } from '../heartbeat/toPresence.js';
import type { MachineRow, RecordRow } from './rankQueries.js';

/**
 * By machine, and by provider where it has none, whether it is heard now, as everywhere in this API; absent: nothing is known, as of any
 * past. Most of thousands of machines have sent the same minutes, which are judged once.
 */
export async function listOnline(
  { loaders, now, asOf }: Context,
  { records, machines }: { readonly records: readonly RecordRow[]; readonly machines: readonly MachineRow[] },
): Promise<ReadonlyMap<string, boolean>> {
  if (asOf) return new Map();
  const owners = new Set(machines.map(({ providerId }) => providerId));
  const subjects = [
    ...machines.filter(({ active }) => active !== false).map(({ id }) => ({ kind: 'node', id }) as const),
    ...records.filter(({ id }) => !owners.has(id)).map(({ id }) => ({ kind: 'provider', id }) as const),
  ];
  if (subjects.length === 0) return new Map();
  const [heard, seen] = await Promise.all([
    Promise.all(subjects.map((subject) => loaders.presence.load(subject))),
    loaders.seen(),
  ]);
  const slots = new Map(seen.map((row) => [row.networkId, row.slots]));
  const known = new Map<string, boolean | null>();

  function isOnline(network: string, row: PresenceRow): boolean | null {
    const key = `${network} ${row.lastSlot === null} ${row.upNow} ${row.upBefore}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = toPresence(row, { now, seenSlots: slots.get(network) ?? [] });
    known.set(key, found);
    return found;
  }

  const online = new Map<string, boolean>();
  for (const [at, { id }] of subjects.entries()) {
    const network = id.slice(0, id.indexOf(':'));
    const each = (heard[at] ?? []).map((row) => isOnline(network, row));
    if (each.includes(true)) online.set(id, true);
    else if (each.includes(false)) online.set(id, false);
  }
  return online;
}
