import type { NetworkRecord } from './NetworkRecord.js';
import { prepareRecord } from './prepareRecord.js';
import type { Score } from './Score.js';
import { type ScoreOptions, scoreAt } from './scoreAt.js';

/**
 * The scores of a network's providers and operators as of a time (docs/score.md). Pure: the same record gives the same scores, bit for
 * bit, in any order of its rows. For many times prepare the record once and call `scoreAt`.
 */
export function scoreNetwork(record: NetworkRecord, options: ScoreOptions): Score[] {
  return scoreAt(prepareRecord(record), options);
}
