import { readFileSync } from 'node:fs';
import type pg from 'pg';
import type { RollStep } from '../roll/RollStep.js';
import { toHardwareId } from '../subjects.js';
import { findJudgedSpan } from './judgedSpan.js';
import { type WindowRow, writeWindows } from './writeWindows.js';

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
  if (span === null || !isSettled) {
    const rows = span === null ? [] : await sumNodes(client, { networkId: network.id, toHour });
    await writeWindows(client, { networkId: network.id, toHour, kinds: ['node'], rows });
  }
  const groups = span === null ? [] : await sumGroups(client, network.id);
  await writeWindows(client, {
    networkId: network.id,
    toHour,
    kinds: ['network', 'provider', 'hardware', 'region'],
    rows: groups,
  });
  return [];
};

type NodeWindow = Omit<WindowRow, 'kind' | 'nodes' | keyof NodeOutages> & { readonly nodeKey: number };

interface NodeOutages {
  readonly failures: number;
  readonly repairs: number;
  readonly repairedDown: number;
  readonly outageDown: number;
  readonly longestDown: number;
}

async function sumNodes(
  client: pg.ClientBase,
  { networkId, toHour }: { readonly networkId: string; readonly toHour: number },
): Promise<readonly WindowRow[]> {
  await client.query(settings);
  const { rows: windows } = await client.query<NodeWindow>(sql.nodeWindows, [networkId, toHour]);
  const { rows: sums } = await client.query<NodeOutages & { nodeKey: number; days: number; isWhole: boolean }>(
    sql.nodeOutages,
    [networkId, toHour],
  );
  const outages = new Map(sums.map((row) => [`${row.nodeKey} ${row.days}`, row]));
  return windows.map(({ nodeKey, ...window }) => {
    const { isWhole, ...found } = outages.get(`${nodeKey} ${window.days}`) ?? { ...noOutages, isWhole: false };
    const { failures, repairs, repairedDown, outageDown, longestDown } = isWhole
      ? { ...noOutages, outageDown: window.known, longestDown: window.known }
      : found;
    return { ...window, kind: 'node', nodes: 1, failures, repairs, repairedDown, outageDown, longestDown };
  });
}

const noOutages: NodeOutages = { failures: 0, repairs: 0, repairedDown: 0, outageDown: 0, longestDown: 0 };

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

const nothing = { ...noOutages, nodes: 0, up: 0, known: 0, expected: 0, maintenance: 0, maintenanceUp: 0 };

const sql = {
  nodeWindows: read('sumNodeWindows'),
  nodeOutages: read('sumNodeOutages'),
  groupWindows: read('sumGroupWindows'),
};

function read(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
}
