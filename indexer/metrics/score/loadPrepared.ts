import type pg from 'pg';
import { createPreparation, type PreparedRecord } from '../../../schema/metrics/formulas/score/prepareRecord.js';
import type { RollContext } from '../roll/RollStep.js';
import { type Firsts, toRecords } from './loadFirsts.js';
import { loadOutcomes } from './loadOutcomes.js';
import { loadRecordBase, type RecordBase } from './loadRecord.js';
import type { Scope } from './Scope.js';

/** A network's record, ready for scores as of many hours. */
export interface Prepared {
  readonly firsts: Firsts;
  readonly providers: RecordBase['providers'];
  /** With what was recorded by then, whatever came later. */
  asOf(at: number): PreparedRecord;
}

/** From what is rolled up; outcomes are taken one by one, so that a million of them are never all objects. */
export async function loadPrepared(client: pg.ClientBase, scope: Scope): Promise<Prepared> {
  const { base, firsts } = await loadRecordBase(client, scope);
  const preparation = createPreparation(base, { keepSources: false });
  await loadOutcomes(client, scope, preparation.add);
  const prepared = preparation.finish();
  return { firsts, providers: base.providers, asOf: (at) => ({ ...prepared, records: toRecords(firsts, at) }) };
}

/** The same for the steps of one turn, which all see the same. */
export function sharePrepared(context: RollContext, beforeHour: number): Promise<Prepared> {
  const known = turns.get(context.head);
  if (known?.beforeHour === beforeHour) return known.prepared;
  const { client, network, head } = context;
  const prepared = loadPrepared(client, { network, height: head.height, beforeHour });
  turns.set(context.head, { beforeHour, prepared });
  return prepared;
}

/** Of a turn, known by its head. It is let go of with it, however it ends. */
const turns = new WeakMap<RollContext['head'], { readonly beforeHour: number; readonly prepared: Promise<Prepared> }>();
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
