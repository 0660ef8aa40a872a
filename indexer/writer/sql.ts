import { readFileSync } from 'node:fs';

/** The longer statements, each in a file of its own beside this one; read once. */
export const sql = {
  refoldTasks: read('refoldTasks'),
  refoldJobs: read('refoldJobs'),
  updateProviders: read('updateProviders'),
  takeTotals: read('takeTotals'),
  addMarks: read('addMarks'),
} as const;

function read(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
}
