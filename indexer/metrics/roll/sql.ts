import { readFileSync } from 'node:fs';

/** The longer statements, each in a file of its own; read once. */
export const sql = {
  createRolled: read('createRolled'),
  readStanding: read('readStanding'),
  findBadRow: read('findBadRow'),
  addSubjects: read('addSubjects'),
  mergeHours: read('mergeHours'),
  mergeDays: read('mergeDays'),
  sumRolledDays: read('sumRolledDays'),
  sumDays: read('sumDays'),
  dropDetail: read('dropDetail'),
  cutHours: read('cutHours'),
} as const;

function read(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
}
