import type { PreparedRecord } from '../../../schema/metrics/formulas/score/prepareRecord.js';
import type { RollContext } from '../roll/RollStep.js';
import { passKept, takeKept } from './keptRecords.js';
import { toRecords } from './loadFirsts.js';

/** A network's record, ready for scores as of many hours. */
export interface Prepared {
  readonly providers: PreparedRecord['providers'];
  /** With what was recorded by then, whatever came later. */
  asOf(at: number): PreparedRecord;
}

/**
 * From what is rolled up, as far as it can count in scores as of these hours, for the steps of one turn, which all see the same: a million
 * outcomes or payments are never all objects, and what is added up anyway is added up where it lies.
 */
export function sharePrepared(context: RollContext, hours: readonly number[]): Promise<Prepared> {
  const [fromHour = context.head.hour, beforeHour = context.head.hour] = [hours[0], hours.at(-1)];
  const known = turns.get(context.head);
  if (known?.beforeHour === beforeHour && known.fromHour <= fromHour) return known.prepared;
  const prepared = loadPrepared(context, { fromHour, beforeHour });
  turns.set(context.head, { fromHour, beforeHour, prepared });
  return prepared;
}

async function loadPrepared(
  context: RollContext,
  { fromHour, beforeHour }: { readonly fromHour: number; readonly beforeHour: number },
): Promise<Prepared> {
  const { client, network, head } = context;
  const { loaded, since, keep } = await takeKept(context, fromHour);
  const scope = { network, height: head.height, beforeHour };
  const { firsts, prepared } = await loaded.refresh(client, scope, { since, fromHour });
  keep();
  return { providers: prepared.providers, asOf: (at) => ({ ...prepared, records: toRecords(firsts, at) }) };
}

/** This turn has no scores to make. */
export async function skipPrepared(context: RollContext): Promise<void> {
  await passKept(context);
}

/** Of a turn, known by its head. It is let go of with it, however it ends. */
const turns = new WeakMap<
  RollContext['head'],
  { readonly fromHour: number; readonly beforeHour: number; readonly prepared: Promise<Prepared> }
>();
const scored = new WeakSet<RollContext['head']>();

/** The scores of this turn are made. */
export function markScored({ head }: RollContext): void {
  scored.add(head);
  turns.delete(head);
}

export function isScored({ head }: RollContext): boolean {
  return scored.has(head);
}

export function endTurn({ head }: RollContext): void {
  scored.delete(head);
  turns.delete(head);
}
