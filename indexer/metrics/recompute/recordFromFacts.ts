import type pg from 'pg';
import type { NetworkRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { loadFactBase } from '../score/loadRecord.js';
import type { Scope } from '../score/Scope.js';
import { outcomesFromFacts } from './outcomesFromFacts.js';
import { slotsFromReadings } from './slotsFromReadings.js';

/**
 * All that the scores of a network are made of as of a block, from facts and readings alone: what became of tasks is folded from the
 * chain's words, and what machines were is judged again from what observers heard. No table that a roller makes again is read, but
 * for which hours of heartbeats are closed. Within a repeatable-read transaction of the caller's.
 */
export async function recordFromFacts(
  client: pg.ClientBase,
  scope: Scope,
  {
    blockTime,
    minObservers,
  }: {
    /** Of the block at `scope.height`, unix seconds. */
    readonly blockTime: number;
    /** How many healthy network groups a verdict needs. */
    readonly minObservers: number;
  },
): Promise<NetworkRecord> {
  const { base } = await loadFactBase(client, scope);
  return {
    ...base,
    slots: await slotsFromReadings(client, scope, minObservers),
    outcomes: await outcomesFromFacts(client, scope, blockTime),
  };
}
