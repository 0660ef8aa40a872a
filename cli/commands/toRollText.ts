import type { Comparison, Rolled, TableDifference } from '../../indexer/metrics/main.js';
import { count } from './toStatusText.js';
import { toTable } from './toTable.js';

/** What one turn of a network came to, in a sentence. */
export function toRolledText(networkId: string, rolled: Rolled): string {
  return `${networkId}: ${toSentence(rolled)}`;
}

function toSentence(rolled: Rolled): string {
  if (rolled.kind !== 'rolled') return reasons[rolled.kind];
  const { hours, written, gone, isBehind } = rolled;
  const changes = `${toCount(written, 'figure')} new or changed, ${count(gone)} gone`;
  const made = rolled.isRebuild ? 'made anew, because a method has changed,' : 'rolled';
  return `${toCount(hours, 'hour')} ${made} up to ${toPlace(rolled)}: ${changes}.${isBehind ? ' More to come.' : ''}`;
}

const reasons = {
  idle: 'nothing has changed since it was last rolled.',
  empty: 'nothing of its chain is written yet, so there is nothing to derive.',
  waiting: 'its first backfill is not over; metrics begin after it.',
  busy: 'another process rolls it just now.',
} satisfies Record<Exclude<Rolled['kind'], 'rolled'>, string>;

/** What a rebuild came to. */
export function toRebuiltText(networkId: string, rolled: Rolled): string {
  if (rolled.kind !== 'rolled') return toRolledText(networkId, rolled);
  return `${networkId}: everything is made anew, ${toCount(rolled.hours, 'hour')} up to ${toPlace(rolled)} with ${toCount(rolled.written, 'figure')}.`;
}

/** Whether what was stored is what is made from nothing, and the first rows where it is not. */
export function toComparedText(networkId: string, compared: Comparison | undefined): string {
  if (!compared) {
    return `${networkId}: not compared. What was stored was made by other methods, and a roller makes it anew by itself.`;
  }
  const { rows, differences } = compared;
  if (differences.length === 0) {
    return `${networkId}: equal. What was stored, ${toCount(rows, 'row')}, is to the last bit what the facts and readings give.`;
  }
  const tables = differences.map(({ table }) => table).join(', ');
  return [`${networkId}: DIFFERENT in ${tables}.`, ...differences.map(toDifferenceText)].join('\n');
}

function toDifferenceText({ table, rows, first }: TableDifference): string {
  const shown = first.map(({ title, stored, made }) => [title, stored ?? '(nothing)', made ?? '(nothing)']);
  const more = rows > first.length ? `, the first ${count(first.length)} of them` : '';
  return [
    `  ${table}: ${toCount(rows, 'row')} differ${rows === 1 ? 's' : ''}${more}`,
    toTable([['row', 'stored', 'made anew'], ...shown], { left: 3 }),
  ].join('\n');
}

function toPlace({ height, time }: Extract<Rolled, { kind: 'rolled' }>): string {
  const at = `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return height === null ? at : `block ${count(height)} (${at})`;
}

function toCount(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}
