import type pg from 'pg';
import { outcomeKinds } from '../../../schema/metrics/formulas/jobs/Outcome.js';
import type { CountedOutcome } from '../../../schema/metrics/formulas/score/collectRows.js';
import { scoreMethod } from '../../../schema/metrics/formulas/score/scoreMethod.js';
import { readRows } from './readRows.js';
import type { Scope } from './Scope.js';

/**
 * Hands over the outcomes that are rolled up, became known in the hour `since` or later, and can count as of hours from `fromHour` on, in
 * the order that a record has them. What
 * only a reader of sources asks for is left out: where an outcome stands on the chain, and the task of one that no other word is on.
 */
export async function readOutcomes(
  client: pg.ClientBase,
  { network }: Scope,
  options: {
    readonly since: number;
    readonly fromHour: number;
    readonly onOutcome: (outcome: CountedOutcome) => void;
  },
): Promise<void> {
  const providers = createTexts((id) => id);
  const buyers = createTexts((id) => id.toLowerCase());
  const oldest = options.fromHour * 3_600 - scoreMethod.memory;
  const values = [network.id, oldest, outcomeKinds, options.since];
  await readRows<Row>(client, { text: outcomesSql, values }, (row) => {
    const buyer = row[1];
    const fee = row[7];
    // Named one by one: a million of these are made in a turn, and one that is spread takes dozens of times as long.
    options.onOutcome({
      taskId: row[8] ?? '',
      provider: providers(row[0]),
      buyer: buyer === null ? null : buyers(buyer),
      kind: outcomeKinds[row[2] - 1] ?? 'cancelled',
      knownFrom: row[3],
      knownTo: row[4],
      deadline: row[5],
      fee: fee === null ? null : BigInt(fee),
      feeFrom: row[6],
    });
  });
}

type Row = readonly [
  provider: string,
  buyer: string | null,
  kind: number,
  knownFrom: number,
  knownTo: number | null,
  deadline: number | null,
  feeFrom: number | null,
  fee: string | null,
  taskId: string | null,
];

/** The same few names come again and again: each is one text. */
function createTexts(toText: (read: string) => string): (read: string) => string {
  const texts = new Map<string, string>();
  return (read) => {
    const known = texts.get(read);
    if (known !== undefined) return known;
    const text = toText(read);
    texts.set(read, text);
    return text;
  };
}

/** One that another word came after stays however old it is: it says when the work was done. */
const outcomesSql = `
  select provider_id, buyer, array_position($3::text[], kind), ${toSeconds('known_from')}, ${toSeconds('known_to')},
    ${toSeconds('deadline')}, ${toSeconds('paid_time')}, fee::text,
    case when known_to is not null or kind = 'disputeWon' then task_id end
  from task_outcome
  where network_id = $1 and provider_id is not null and known_from >= to_timestamp($4::bigint * 3600)
    and (known_to is not null or greatest(known_from, paid_time) >= to_timestamp($2::bigint))
  order by known_from, coalesce(height, -1), coalesce(log_index, -1), task_id collate "C", part
`;

/** Of whole seconds; `extract` would go by decimals, which takes ten times as long. */
function toSeconds(column: string): string {
  return `floor(date_part('epoch', ${column}))::bigint`;
}
