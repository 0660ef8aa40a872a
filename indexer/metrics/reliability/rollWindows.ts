import { readFileSync } from 'node:fs';
import type pg from 'pg';
import type { RollStep } from '../roll/RollStep.js';
import { toHardwareId } from '../subjects.js';
import { findJudgedSpan } from './judgedSpan.js';
import { openNoted } from './writeOutages.js';
import { dropWindows, type WindowRow, writeWindows } from './writeWindows.js';

const windowDays = [1, 7, 30, 90] as const;

/**
 * Table `uptime_window`: the last 1, 7, 30 and 90 days up to the last hour that is judged, of nodes and of what they belong to.
 * Clipped to life by what was expected. Windows of nodes are made when an hour that is over was rolled; the others, which add
 * those up, every time: a node may have moved.
 */
export const rollWindows: RollStep = async (context) => {
  const { client, network, hours } = context;
  const span = await findJudgedSpan(client, context);
  const toHour = span?.toHour ?? 0;
  const isSettled = span === null || (span.rolledTo === span.toHour && hours.every((hour) => hour >= span.toHour));
  await client.query(withoutLoops);
  if (span === null) await dropWindows(client, { networkId: network.id, kinds: ['node'], rows: [] });
  else if (!isSettled) await rollNodes(client, { networkId: network.id, toHour, rolledTo: span.rolledTo });
  const groups = span === null ? [] : await sumGroups(client, network.id);
  await writeWindows(client, { networkId: network.id, toHour, rows: groups });
  await dropWindows(client, {
    networkId: network.id,
    kinds: ['network', 'provider', 'hardware', 'region'],
    rows: groups,
  });
  await client.query('set local enable_nestloop = on');
  return [];
};

/** Of most nodes an hour changes nothing but the time up to which their windows reach: those never leave the database. */
async function rollNodes(
  client: pg.ClientBase,
  {
    networkId,
    toHour,
    rolledTo,
  }: { readonly networkId: string; readonly toHour: number; readonly rolledTo: number | null },
): Promise<void> {
  await client.query(settings);
  await openNoted(client);
  const { rows } = await client.query<WindowRow>(sql.nodeWindows, [networkId, toHour, rolledTo]);
  for (let at = 0; at < rows.length; at += ROWS) {
    await writeWindows(client, { networkId, toHour, rows: rows.slice(at, at + ROWS) });
  }
}

const ROWS = 10_000;

/** Of windows that were written in this transaction the planner knows nothing, and takes them for few: a loop over them never ends. */
const withoutLoops = 'set local enable_nestloop = off';

/** Ten thousand nodes of four windows are grouped in memory. */
const settings = `set local work_mem = '64MB'`;

async function sumGroups(client: pg.ClientBase, networkId: string): Promise<readonly WindowRow[]> {
  const { rows: models } = await client.query<{ gpu_model: string }>(
    'select distinct gpu_model from node where network_id = $1 and gpu_model is not null',
    [networkId],
  );
  const { rows } = await client.query<WindowRow>(sql.groupWindows, [
    networkId,
    models.map(({ gpu_model }) => gpu_model),
    models.map(({ gpu_model }) => toHardwareId(networkId, gpu_model)),
  ]);
  // The network has all its windows as soon as an hour is judged: by them is known how far the tables reach.
  const missing = windowDays.filter((days) => !rows.some((row) => row.kind === 'network' && row.days === days));
  return [...rows, ...missing.map((days): WindowRow => ({ ...nothing, kind: 'network', id: networkId, days }))];
}

const nothing = {
  ...{ nodes: 0, up: 0, known: 0, expected: 0, maintenance: 0, maintenanceUp: 0 },
  ...{ failures: 0, repairs: 0, repairedDown: 0, outageDown: 0, longestDown: 0 },
};

const sql = {
  nodeWindows: read('rollNodeWindows'),
  groupWindows: read('sumGroupWindows'),
};

function read(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
}
