import { slotStartMs } from '../../../schema/heartbeat/slots.js';
import type { Context } from '../../createContext.js';
import type { Subject } from './subjects.js';
import { toPresence } from './toPresence.js';

/** One node as it is heard now. */
export interface Heard {
  readonly lastSlot: number | null;
  readonly online: boolean | null;
}

/** Every node of a subject; none where no session was ever opened. Of the past nobody knows any more who was heard last. */
export async function listHeard(subject: Subject, { loaders, now, asOf }: Context): Promise<readonly Heard[]> {
  if (asOf) return [];
  const [rows, seen] = await Promise.all([loaders.presence.load(subject), loaders.seen()]);
  const network = subject.id.slice(0, subject.id.indexOf(':'));
  const seenSlots = seen.find(({ networkId }) => networkId === network)?.slots ?? [];
  return rows.map((row) => ({ lastSlot: row.lastSlot, online: toPresence(row, { now, seenSlots }) }));
}

/** True if one is there, false if all are away; else too little is known. */
export function isAnyOnline(heard: readonly Heard[]): boolean | null {
  if (heard.some(({ online }) => online)) return true;
  return heard.length > 0 && heard.every(({ online }) => online === false) ? false : null;
}

/** Null while of no node it is known. */
export function countOnline(heard: readonly Heard[]): number | null {
  if (heard.every(({ online }) => online === null)) return null;
  return heard.filter(({ online }) => online).length;
}

export function toLastBeat(heard: readonly Heard[]): Date | null {
  const slots = heard.flatMap(({ lastSlot }) => lastSlot ?? []);
  return slots.length > 0 ? new Date(slotStartMs(Math.max(...slots))) : null;
}
