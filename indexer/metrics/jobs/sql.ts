import { readFileSync } from 'node:fs';

/** The longer statements, each in a file of its own; read once. */
export const sql = {
  listTouched: read('listTouched'),
  listSteps: read('listSteps'),
  listPayments: read('listPayments'),
  insertPlain: read('insertPlain'),
} as const;

function read(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
}
