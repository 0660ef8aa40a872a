import type pg from 'pg';
import { toDay } from '../../../schema/heartbeat/slots.js';
import { createPreparation, type PreparedRecord } from '../../../schema/metrics/formulas/score/prepareRecord.js';
import { scoreMethod } from '../../../schema/metrics/formulas/score/scoreMethod.js';
import type { RollContext } from '../roll/RollStep.js';
import { type Firsts, loadFirsts, toRecords } from './loadFirsts.js';
import { loadIncidents } from './loadIncidents.js';
import { loadProviders } from './loadProviders.js';
import { type RecordBase, toRecordHead } from './loadRecord.js';
import { loadSlots } from './loadSlots.js';
import { loadTradeSums } from './loadTradeSums.js';
import { readOutcomes } from './readOutcomes.js';
import type { Scope } from './Scope.js';

/** A network's record, ready for scores as of many hours. */
export interface Prepared {
  readonly firsts: Firsts;
  readonly providers: RecordBase['providers'];
  /** With what was recorded by then, whatever came later. */
  asOf(at: number): PreparedRecord;
}

/**
 * From what is rolled up, as far as it can count in scores as of hours from `fromHour` on: a million outcomes or payments are never all
 * objects, and what is added up anyway is added up where it lies.
 */
export async function loadPrepared(client: pg.ClientBase, scope: Scope, fromHour: number): Promise<Prepared> {
  const firsts = await loadFirsts(client, scope);
  const providers = await loadProviders(client, scope);
  const { prices, ...trade } = await loadTradeSums(client, scope, providers);
  const base = {
    ...toRecordHead(scope, firsts),
    ...{ providers, ...trade, running: [] },
    slots: await loadSlots(client, scope, { fromDay: toDay(fromHour) - scoreMethod.availability.days }),
    incidents: await loadIncidents(client, scope),
  };
  const preparation = createPreparation(base, { keepSources: false, prices });
  await readOutcomes(client, scope, { fromHour, onOutcome: preparation.take });
  const prepared = preparation.finish();
  return { firsts, providers, asOf: (at) => ({ ...prepared, records: toRecords(firsts, at) }) };
}

/** The same for the steps of one turn, which all see the same. */
export function sharePrepared(context: RollContext, hours: readonly number[]): Promise<Prepared> {
  const [fromHour = context.head.hour, beforeHour = context.head.hour] = [hours[0], hours.at(-1)];
  const known = turns.get(context.head);
  if (known?.beforeHour === beforeHour && known.fromHour <= fromHour) return known.prepared;
  const { client, network, head } = context;
  const prepared = loadPrepared(client, { network, height: head.height, beforeHour }, fromHour);
  turns.set(context.head, { fromHour, beforeHour, prepared });
  return prepared;
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
