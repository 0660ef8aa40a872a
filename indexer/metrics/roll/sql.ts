import { readFileSync } from 'node:fs';

/** The longer statements, each in a file of its own; read once. */
export const sql = {
  createRolled: read('createRolled'),
  readStanding: read('readStanding'),
  numberRolled: read('numberRolled'),
  mergeHours: toMerge('mergeHours', 'hour', ['noteDays']),
  mergeDays: toMerge('mergeDays', 'day'),
  sumDays: toMerge('sumDays', 'day'),
  mergeAllHours: toMerge('mergeAllHours', 'hour'),
  mergeSummedDays: toMerge('mergeSummedDays', 'day'),
  dropDetail: read('dropDetail'),
  cutHours: read('cutHours'),
} as const;

const judgeGiven = read('judgeGiven');
const takes = { buckets: read('takeBuckets'), days: read('takeDays') };

/** Takes the rows that a statement gives, whose parameters are $1 to $3, as they are or by the day. */
export function toTake(what: keyof typeof takes, given: string): string {
  return `with given as (\n${given}\n),\njudged as (\n${judgeGiven})\n${takes[what]}`;
}

/** A statement that tells what is stored and what was found, and what follows of that, the same for all. */
function toMerge(name: string, grain: 'hour' | 'day', more: readonly string[] = []): string {
  const parts = ['writeChanged', ...more].map(read);
  return [[read(name), ...parts].join(',\n'), read('countChanged')].join('').replaceAll('{grain}', grain);
}

function read(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
}
