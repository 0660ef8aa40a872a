import { readFileSync } from 'node:fs';

/** The longer statements, each in a file of its own; read once. */
export const sql = {
  listHours: read('listHours'),
  takeOpen: read('takeOpen'),
  moveOpen: read('moveOpen'),
  findFirst: read('findFirst'),
  findGap: read('findGap'),
  flagReadings: read('flagReadings'),
  flagSlot: read('flagSlot'),
  flagBatches: read('flagBatches'),
  listBack: read('listBack'),
  listClones: read('listClones'),
  listOdd: read('listOdd'),
  listReused: read('listReused'),
  sumNodeDays: read('sumNodeDays'),
  sumNetworkDays: read('sumNetworkDays'),
  sumStandings: read('sumStandings'),
} as const;

function read(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
}
