import { readFileSync } from 'node:fs';
import type pg from 'pg';
import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import type { RollStep } from '../roll/RollStep.js';
import { toHardwareId } from '../subjects.js';
import { findJudgedSpan, type JudgedSpan } from './judgedSpan.js';
import { listJudged, openNoted } from './noted.js';
import { type WindowRow, writeWindows } from './writeWindows.js';

const windowDays = [1, 7, 30, 90] as const;
const LONGEST_DAYS = 90;

/**
 * Table `uptime_window`: the last 1, 7, 30 and 90 days up to the last hour that is judged, of nodes and of what they belong to.
 * Clipped to life by what was expected. Windows of nodes are made when an hour that is over was rolled; the others, which add
 * those up, then, and when a node has moved.
 */
export const rollWindows: RollStep = async (context) => {
  const { client, network, hours } = context;
  await openNoted(client);
  const span = await findJudgedSpan(client, context);
  if (span === null) {
    await dropAll(client, network.id);
    return [];
  }
  const isSettled = span.rolledTo === span.toHour && hours.every((hour) => hour >= span.toHour);
  const isChanged =
    !isSettled && (await rollNodes(client, { networkId: network.id, span, judged: await listJudged(client) }));
  await rollGroups(client, { networkId: network.id, span, isChanged });
  return [];
};

async function dropAll(client: pg.ClientBase, networkId: string): Promise<void> {
  const { rowCount } = await client.query('delete from window_end where network_id = $1', [networkId]);
  if (rowCount === 0) return;
  await client.query(
    'delete from uptime_window w using metric_subject s where s.subject_key = w.subject_key and s.network_id = $1',
    [networkId],
  );
}

/** Of most nodes an hour changes nothing: those never leave the database. Tells whether any window is another one now. */
async function rollNodes(
  client: pg.ClientBase,
  {
    networkId,
    span,
    judged,
  }: { readonly networkId: string; readonly span: JudgedSpan; readonly judged: readonly number[] },
): Promise<boolean> {
  const { toHour, rolledTo } = span;
  const { wholeDays, since } = chooseWhole(span, judged);
  await client.query('delete from window_slots; delete from window_node; delete from window_outages');
  await client.query(sql.listNodes, [networkId, toHour, rolledTo, since]);
  await client.query(sql.sumOutages, [toHour]);
  await client.query(withoutLoops);
  if (wholeDays > 0) await client.query(sql.sumWhole, [networkId, toHour, wholeDays]);
  if (wholeDays < LONGEST_DAYS) await client.query(sql.sumChanges, [networkId, toHour, rolledTo, wholeDays]);
  const { rows } = await client.query<WindowRow>(sql.mergeNodes, [networkId, wholeDays]);
  const written = rows.filter(({ nodes }) => nodes > 0);
  for (let at = 0; at < written.length; at += ROWS) {
    await writeWindows(client, { networkId, rows: written.slice(at, at + ROWS) });
  }
  await client.query(withLoops);
  return rows.length > 0;
}

const ROWS = 10_000;

/**
 * Windows up to which length are summed anew: of hours that were judged again nobody knows what they were before, so the ones that
 * hold them are summed, one of them before and now; longer ones differ by as much. And from which hour on any was.
 */
function chooseWhole(
  { toHour, rolledTo }: JudgedSpan,
  judged: readonly number[],
): { readonly wholeDays: number; readonly since: number | null } {
  if (rolledTo === null) return { wholeDays: LONGEST_DAYS, since: null };
  const [low, high] = [Math.min(toHour, rolledTo), Math.max(toHour, rolledTo)];
  const again = judged.filter((hour) => hour >= low - LONGEST_DAYS * HOURS_PER_DAY && hour < rolledTo);
  const since = again.length === 0 ? null : again.reduce((one, other) => Math.min(one, other));
  if (high - low > HOURS_PER_DAY) return { wholeDays: LONGEST_DAYS, since };
  if (since === null) return { wholeDays: 0, since };
  const wholeDays = windowDays.find((days) => high - days * HOURS_PER_DAY <= since) ?? LONGEST_DAYS;
  return { wholeDays, since };
}

/** Of tables that were written in this transaction the planner knows nothing, and takes them for few: a loop over them never ends. */
const withoutLoops = 'set local enable_nestloop = off';
const withLoops = 'set local enable_nestloop = on';

async function rollGroups(
  client: pg.ClientBase,
  {
    networkId,
    span,
    isChanged,
  }: { readonly networkId: string; readonly span: JudgedSpan; readonly isChanged: boolean },
): Promise<void> {
  const { rows: models } = await client.query<{ gpu_model: string }>(
    'select distinct gpu_model from node where network_id = $1 and gpu_model is not null',
    [networkId],
  );
  const names = models.map(({ gpu_model }) => gpu_model);
  const values = [networkId, names, names.map((name) => toHardwareId(networkId, name))];
  await client.query(withoutLoops);
  const [digest] = (await client.query<{ members: string }>(sql.digestMembers, values)).rows;
  const { rows: ends } = await client.query<{ members: string }>(
    'select members from window_end where network_id = $1',
    [networkId],
  );
  const isMoved = span.rolledTo === null || ends[0]?.members !== digest?.members;
  if (isMoved || span.rolledTo !== span.toHour) {
    await client.query(keepEnd, [networkId, span.toHour, digest?.members]);
  }
  if (isMoved || isChanged) {
    const { rows } = await client.query<WindowRow>(sql.groupWindows, values);
    await writeWindows(client, { networkId, rows });
  }
  await client.query(withLoops);
}

const keepEnd = `
  insert into window_end (network_id, to_hour, members) values ($1, $2, $3)
  on conflict (network_id) do update set to_hour = excluded.to_hour, members = excluded.members
`;

const sql = {
  listNodes: read('listWindowNodes'),
  sumOutages: read('sumWindowOutages'),
  sumWhole: read('sumWholeWindows'),
  sumChanges: read('sumWindowChanges'),
  mergeNodes: read('mergeNodeWindows'),
  groupWindows: read('sumGroupWindows'),
  digestMembers: read('digestMembers'),
};

function read(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');
}
