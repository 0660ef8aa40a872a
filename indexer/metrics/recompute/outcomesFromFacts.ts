import type pg from 'pg';
import { toOutcomes } from '../../../schema/metrics/formulas/jobs/toOutcomes.js';
import type { OutcomeRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { loadJobFacts } from '../jobs/loadJobFacts.js';
import { compareOutcomes, type PlacedOutcome } from '../score/order.js';
import type { Scope } from '../score/Scope.js';
import { toOutcomeRecord } from '../score/toOutcomeRecord.js';

/**
 * What became of each attempt at a task, from the steps, verdicts, slashes and payments of each job up to a block whose time is
 * `now` (unix seconds). Jobs are read some thousands at a time; what is rolled up is not.
 */
export async function outcomesFromFacts(
  client: pg.ClientBase,
  { network, height }: Scope,
  now: number,
): Promise<readonly OutcomeRecord[]> {
  const placed: PlacedOutcome[] = [];
  let after = '';
  for (;;) {
    const { rows } = await client.query<{ id: string }>(
      'select id from job where network_id = $1 and height <= $2 and id > $3 order by id limit $4',
      [network.id, height, after, JOBS],
    );
    const ids = rows.map(({ id }) => id);
    for (const facts of await loadJobFacts(client, ids, { height })) {
      for (const outcome of toOutcomes(facts, now)) {
        const record = toOutcomeRecord(outcome, network.chainId);
        if (record) placed.push({ record, height: outcome.height ?? -1, logIndex: outcome.logIndex ?? -1 });
      }
    }
    after = ids.at(-1) ?? after;
    if (ids.length < JOBS) break;
  }
  return placed.sort(compareOutcomes).map(({ record }) => record);
}

const JOBS = 2_000;
