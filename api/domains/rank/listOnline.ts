import { toHour, toSlot } from '../../../schema/heartbeat/slots.js';
import type { Context } from '../../createContext.js';
import type { Database } from '../../database/createDatabase.js';
import { type AlikePresence, listAlikePresence } from '../heartbeat/presenceQueries.js';
import type { Subject } from '../heartbeat/subjects.js';
import { toPresence } from '../heartbeat/toPresence.js';
import type { MachineRow, RecordRow } from './rankQueries.js';

/**
 * By machine, and by provider where it has none, whether it is heard now, as everywhere in this API; absent: nothing is known, as of any
 * past. Minutes that many of them have sent are judged once.
 */
export async function listOnline(
  { database, loaders, now, asOf }: Context,
  { records, machines }: { readonly records: readonly RecordRow[]; readonly machines: readonly MachineRow[] },
): Promise<ReadonlyMap<string, boolean>> {
  if (asOf) return new Map();
  const owners = new Set(machines.map(({ providerId }) => providerId));
  const subjects = [
    ...machines.filter(({ active }) => active !== false).map(({ id }) => ({ kind: 'node', id }) as const),
    ...records.filter(({ id }) => !owners.has(id)).map(({ id }) => ({ kind: 'provider', id }) as const),
  ];
  if (subjects.length === 0) return new Map();
  const [heard, seen] = await Promise.all([listHeard(database, subjects, now), loaders.seen()]);
  const slots = new Map(seen.map((row) => [row.networkId, row.slots]));
  const online = new Map<string, boolean>();
  for (const { row, ids } of heard) {
    const ofNetwork = new Map<string, boolean | null>();
    for (const id of ids) {
      const network = id.slice(0, id.indexOf(':'));
      let isThere = ofNetwork.get(network);
      if (isThere === undefined) {
        isThere = toPresence(row, { now, seenSlots: slots.get(network) ?? [] });
        ofNetwork.set(network, isThere);
      }
      // One of its machines is enough for a provider.
      if (isThere !== null && !online.get(id)) online.set(id, isThere);
    }
  }
  return online;
}

/** All at once, past the loaders: a promise for each of thousands costs more than the statement. */
async function listHeard(
  database: Database,
  subjects: readonly Subject[],
  now: Date,
): Promise<readonly { readonly row: AlikePresence; readonly ids: readonly string[] }[]> {
  const hour = toHour(toSlot(now.getTime()));
  const kinds = ['node', 'provider'] as const;
  const each = await Promise.all(
    kinds.map(async (kind) => {
      const ids = subjects.filter((subject) => subject.kind === kind).map(({ id }) => id);
      const rows = ids.length === 0 ? [] : await listAlikePresence(database, { kind, ids, hour });
      return rows.map((row) => ({ row, ids: row.ordinals.flatMap((ordinal) => ids[ordinal - 1] ?? []) }));
    }),
  );
  return each.flat();
}
