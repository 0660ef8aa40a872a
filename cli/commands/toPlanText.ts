import type { Amounts, KeptPlan, Plan } from '../../indexer/plan/main.js';
import { toDuration } from '../progress/toProgressLine.js';
import { count, toSize } from './toStatusText.js';
import { toTable } from './toTable.js';

export function toPlanText(plan: Plan): string {
  const { chainId, networks, from, to, policy, expected, sampled, seenShare, maxRangeBlocks } = plan;
  return [
    `Chain ${chainId} (${networks.join(', ')}): blocks ${count(from)} to ${count(to)}, verification ${policy}`,
    toTable(
      [
        ['events', `${count(expected.events)}${toMargin(plan)}`],
        ['requests', count(expected.requests)],
        ['received', toSize(expected.bytes)],
        ['time', `${toDuration(expected.seconds)}, at the pace of this endpoint, database and machine just now`],
        ['disk', toSize(expected.diskBytes)],
        ['ranges', `up to ${count(maxRangeBlocks)} blocks`],
        [
          'sampled',
          `${toPercent(seenShare)} of the blocks, ${count(sampled.logs)} logs, in ${count(sampled.requests)} requests of ${toSize(sampled.bytes)}`,
        ],
      ],
      { left: 2 },
    ),
    `  ${toConfidence(plan)}`,
  ].join('\n');
}

function toMargin({ expected, eventsMargin }: Plan): string {
  return eventsMargin === 0
    ? ''
    : ` ± ${count(Math.min(eventsMargin, 1e15))}${toShareOf(eventsMargin, expected.events)}`;
}

function toShareOf(margin: number, events: number): string {
  return events === 0 ? '' : ` (${Math.ceil((100 * margin) / events)} %)`;
}

function toConfidence({ expected, eventsMargin, seenShare }: Plan): string {
  if (seenShare === 1) return 'Every block was looked at: the number of events is exact.';
  if (expected.events === 0) return 'No sample holds an event: there may be none, or few in places that were not seen.';
  const share = eventsMargin / expected.events;
  if (share <= 0.1) return 'The samples agree well; nineteen in twenty such plans lie within the margin.';
  if (share <= 0.3)
    return 'The samples differ; nineteen in twenty such plans lie within the margin. More --samples narrow it.';
  return 'Activity is uneven, so this is a rough guess: take more --samples.';
}

/** The last plans beside what the syncs took. */
export function toComparisonText(kept: readonly KeptPlan[]): string {
  if (kept.length === 0) return 'No plan is kept: make one with `computescan plan` before a sync.';
  return kept.map(toComparison).join('\n\n');
}

function toComparison({ plan, actual, measuredAt }: KeptPlan): string {
  const title = `Chain ${plan.chainId} (${plan.networks.join(', ')}), planned ${plan.madeAt.toISOString()}`;
  if (!actual) return `${title}\n  The sync has not begun since.`;
  const state = measuredAt
    ? `  The past was written up to ${measuredAt.toISOString()}.`
    : '  The sync is not done: what it took so far.';
  const lines = rows.map(({ name, key, format }) => [
    name,
    format(plan.expected[key]),
    format(actual[key]),
    measuredAt ? toDifference(plan.expected[key], actual[key]) : '',
  ]);
  return [title, state, toTable([['', 'planned', 'actual', 'difference'], ...lines], { left: 1 })].join('\n');
}

const rows: readonly {
  readonly name: string;
  readonly key: keyof Amounts;
  readonly format: (value: number) => string;
}[] = [
  { name: 'events', key: 'events', format: count },
  { name: 'requests', key: 'requests', format: count },
  { name: 'received', key: 'bytes', format: toSize },
  { name: 'time', key: 'seconds', format: toDuration },
  { name: 'disk', key: 'diskBytes', format: toSize },
];

/** How far the plan was off, of what it came to. */
function toDifference(planned: number, actual: number): string {
  if (actual === 0) return planned === 0 ? '0 %' : '-';
  const percent = Math.round((100 * (planned - actual)) / actual);
  return `${percent > 0 ? '+' : ''}${percent} %`;
}

function toPercent(share: number): string {
  return share < 0.001 ? '<0.1 %' : `${Math.floor(share * 1_000) / 10} %`;
}
