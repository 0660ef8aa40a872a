import type pg from 'pg';
import { outcomeKinds } from '../../../schema/metrics/formulas/jobs/Outcome.js';
import type { OutcomeRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { readRows } from './readRows.js';
import type { Scope } from './Scope.js';
import { toOutcomeRecord } from './toOutcomeRecord.js';

type Row = readonly [
  taskId: string,
  part: number,
  provider: string,
  buyer: string | null,
  kind: number,
  knownFrom: number,
  knownTo: number | null,
  height: number | null,
  logIndex: number | null,
  deadline: number | null,
  fee: string | null,
  paidAt: number | null,
];

/** Hands over the outcomes that are rolled up, in the order that a record has them. Ids of providers and buyers are one text each. */
export async function loadOutcomes(
  client: pg.ClientBase,
  { network }: Scope,
  onOutcome: (outcome: OutcomeRecord) => void,
): Promise<void> {
  const texts = new Map<string, string>();
  const toOne = (text: string) => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    return text;
  };
  await readRows<Row>(client, { text: outcomesSql, values: [network.id, outcomeKinds] }, (row) => {
    const fee = row[10];
    const outcome = toOutcomeRecord(
      {
        taskId: row[0],
        part: row[1],
        providerId: toOne(row[2]),
        buyer: row[3] === null ? null : toOne(row[3]),
        kind: outcomeKinds[row[4] - 1] ?? 'cancelled',
        knownFrom: row[5],
        knownTo: row[6],
        height: row[7],
        logIndex: row[8],
        deadline: row[9],
        fee: fee === null ? null : BigInt(fee),
        paidAt: row[11],
      },
      network.chainId,
    );
    if (outcome) onOutcome(outcome);
  });
}

/** Numbers are shorter to read than texts and dates. */
const outcomesSql = `
  select task_id, part, provider_id, buyer, array_position($2::text[], kind),
    floor(extract(epoch from known_from))::bigint, floor(extract(epoch from known_to))::bigint, height, log_index,
    floor(extract(epoch from deadline))::bigint, fee::text, floor(extract(epoch from paid_time))::bigint
  from task_outcome
  where network_id = $1 and provider_id is not null
  order by known_from, coalesce(height, -1), coalesce(log_index, -1), task_id collate "C", part
`;
