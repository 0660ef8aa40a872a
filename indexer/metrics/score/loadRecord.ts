import type pg from 'pg';
import type { NetworkRecord, OutcomeRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { type Firsts, loadFirsts, toRecords } from './loadFirsts.js';
import { loadHardware } from './loadHardware.js';
import { loadIncidents } from './loadIncidents.js';
import { loadOutcomes } from './loadOutcomes.js';
import { loadProviders, loadRecipients } from './loadProviders.js';
import { loadSlots } from './loadSlots.js';
import { loadTrade } from './loadTrade.js';
import type { Scope } from './Scope.js';

export type RecordBase = Omit<NetworkRecord, 'outcomes'>;

/**
 * All that the scores of a network are made of, from what is rolled up: outcomes, slots and outages; the rest from facts. Within a
 * transaction of the caller's.
 */
export async function loadRecord(client: pg.ClientBase, scope: Scope): Promise<NetworkRecord> {
  const { base } = await loadRecordBase(client, scope);
  const outcomes: OutcomeRecord[] = [];
  await loadOutcomes(client, scope, (outcome) => outcomes.push(outcome));
  return { ...base, outcomes };
}

/** Everything but the outcomes, which are many, and since when each thing is recorded. */
export async function loadRecordBase(
  client: pg.ClientBase,
  scope: Scope,
): Promise<{ readonly base: RecordBase; readonly firsts: Firsts }> {
  const facts = await loadFactBase(client, scope);
  return { ...facts, base: { ...facts.base, slots: await loadSlots(client, scope) } };
}

/**
 * The part of a record that facts tell as they stand. Nothing is running: an attempt whose deadline has passed has the outcome
 * `timedOut` from then on, and before that nothing is missed.
 */
export async function loadFactBase(
  client: pg.ClientBase,
  scope: Scope,
): Promise<{ readonly base: RecordBase; readonly firsts: Firsts }> {
  const firsts = await loadFirsts(client, scope);
  const base = {
    ...toRecordHead(scope, firsts),
    providers: await loadProviders(client, scope, {
      recipients: await loadRecipients(client, scope),
      hardware: (await loadHardware(client, scope)).histories,
    }),
    ...(await loadTrade(client, scope)),
    running: [],
    slots: [],
    incidents: await loadIncidents(client, scope),
  };
  return { base, firsts };
}

export function toRecordHead(
  { network, beforeHour }: Scope,
  firsts: Firsts,
): Pick<NetworkRecord, 'networkId' | 'records' | 'feeReference'> {
  return {
    networkId: network.id,
    records: toRecords(firsts, beforeHour * 3_600),
    feeReference: network.feeReference === undefined ? null : BigInt(network.feeReference),
  };
}
