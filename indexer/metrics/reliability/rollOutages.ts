import type pg from 'pg';
import { type OutageRun, toOutage } from '../../../schema/metrics/formulas/reliability/outageRuns.js';
import type { RollStep } from '../roll/RollStep.js';
import { findTrailingRuns } from './findTrailingRuns.js';
import { findJudgedSpan, type JudgedSpan } from './judgedSpan.js';
import { emptyNoted, noteJudged, openNoted } from './noted.js';
import { type HourSpan, type OpenRuns, walkNetwork, walkUntilUp } from './verdictRuns.js';
import { insertOutages, LAST_SLOT, type Rederived, writeOutages } from './writeOutages.js';

/**
 * Table `outage`, from the verdicts of heartbeats. Only hours that were judged anew are looked at, from the run that their nodes
 * were in before to the first slot after them in which they were up; beyond that nothing can change. Returns the hours in which
 * outages begin or end now that did not, and those that came in sight.
 */
export const rollOutages: RollStep = async (context) => {
  const { client, network } = context;
  await openNoted(client);
  await emptyNoted(client);
  const span = await findJudgedSpan(client, context);
  if (!span) {
    await dropOutages(client, network.id);
    return [];
  }
  const { rolledTo } = span;
  if (rolledTo !== null)
    await noteJudged(
      client,
      context.hours.filter((hour) => hour < rolledTo),
    );
  const hours = new Set(context.hours);
  const found = new Set<number>();
  const tasks: Task[] = [];
  // All of them before anything is written: what one of them cuts short, another one has to take up again.
  for (const range of toRanges(span, context.hours)) {
    const written = await listWritten(client, { networkId: network.id, range });
    tasks.push({ networkId: network.id, span, range, written, isRebuild: context.isRebuild });
  }
  for (const task of tasks) for (const hour of await rederive(client, task)) found.add(hour);
  for (let hour = span.rolledTo ?? span.fromHour; hour < span.toHour; hour += 1) found.add(hour);
  return [...found].filter((hour) => !hours.has(hour) && hour < span.toHour).sort((one, other) => one - other);
};

/** Where anything was judged before, the chain went back behind it. */
async function dropOutages(client: pg.ClientBase, networkId: string): Promise<void> {
  await client.query(
    `delete from outage o using heartbeat_node n
     where n.node_key = o.node_key and n.network_id = $1 and exists (select from window_end where network_id = $1)`,
    [networkId],
  );
}

/**
 * What is to be looked at: hours that are marked, and those that the tables do not reach to yet, or reach beyond: then the chain
 * went back behind them. Hours that lie less than a day apart are taken with all between them.
 */
function toRanges({ fromHour, toHour, rolledTo }: JudgedSpan, marked: readonly number[]): readonly HourSpan[] {
  if (rolledTo === null) return [{ fromHour, toHour }];
  const edge = { fromHour: Math.min(rolledTo, toHour), toHour: Math.max(rolledTo, toHour) };
  const wanted = [
    ...marked
      .filter((hour) => hour >= fromHour && hour < edge.fromHour)
      .map((hour) => ({ fromHour: hour, toHour: hour + 1 })),
    ...(edge.fromHour < edge.toHour ? [edge] : []),
  ];
  const ranges: { fromHour: number; toHour: number }[] = [];
  for (const one of wanted) {
    const last = ranges.at(-1);
    if (last && one.fromHour - last.toHour < GAP_HOURS) last.toHour = one.toHour;
    else ranges.push({ ...one });
  }
  return ranges;
}

const GAP_HOURS = 24;

interface Task {
  readonly networkId: string;
  readonly span: JudgedSpan;
  readonly range: HourSpan;
  readonly written: readonly Written[];
  /** There are no outages of the network. */
  readonly isRebuild: boolean;
}

/** A node with outages that are written down and lie in the hours; whether one goes on beyond them. */
interface Written {
  readonly nodeKey: number;
  readonly isBeyond: boolean;
}

/** In lots of hours, each of which is written before the next is read: memory does not grow with the time that is looked at. */
async function rederive(client: pg.ClientBase, task: Task): Promise<readonly number[]> {
  const { networkId, span, range, written } = task;
  const runs: OpenRuns =
    span.fromHour < range.fromHour ? await findTrailingRuns(client, { networkId, hour: range.fromHour }) : new Map();
  const toHour = Math.min(range.toHour, span.toHour);
  const hoursAtOnce = Math.max(1, Math.floor(NODE_HOURS / Math.max(1, await countNodes(client, networkId))));
  const found: number[] = [];
  for (let from = range.fromHour; from < toHour; from += hoursAtOnce) {
    const lot = { fromHour: from, toHour: Math.min(toHour, from + hoursAtOnce) };
    const outages = createOutages();
    const begins = toBegins(runs);
    await walkNetwork(client, { networkId, span: lot, runs, emit: outages.add });
    const nodes = new Set([...begins.keys(), ...outages.byNode.keys(), ...written.map(({ nodeKey }) => nodeKey)]);
    const rederived = [...nodes].map(
      (nodeKey): Rederived => ({
        nodeKey,
        fromSlot: begins.get(nodeKey) ?? lot.fromHour * 60,
        toSlot: runs.get(nodeKey)?.fromSlot ?? lot.toHour * 60,
        outages: outages.byNode.get(nodeKey) ?? [],
      }),
    );
    found.push(...(await write(client, task, rederived)));
  }
  return [...found, ...(await rederiveBeyond(client, { ...task, runs, fromHour: toHour }))];
}

/** At a time: so many are sorted in memory. */
const NODE_HOURS = 250_000;

/** Outages that hold the end of the range, or held it before; where the chain went back, what lies behind that. */
async function rederiveBeyond(
  client: pg.ClientBase,
  task: Task & { readonly runs: OpenRuns; readonly fromHour: number },
): Promise<readonly number[]> {
  const { span, range, written, runs, fromHour } = task;
  const outages = createOutages();
  const begins = toBegins(runs);
  const beyond = new Set([...runs.keys(), ...written.filter(({ isBeyond }) => isBeyond).map(({ nodeKey }) => nodeKey)]);
  const after = { fromHour: range.toHour, toHour: span.toHour };
  const ends = await walkUntilUp(client, { nodes: [...beyond], span: after, runs, emit: outages.add });
  for (const [nodeKey, run] of runs) {
    const open = toOutage(run, false);
    if (open) outages.add(nodeKey, open);
  }
  const cut = fromHour < range.toHour ? written.map(({ nodeKey }) => nodeKey) : [];
  const rederived = [...new Set([...beyond, ...cut])].map(
    (nodeKey): Rederived => ({
      nodeKey,
      fromSlot: begins.get(nodeKey) ?? fromHour * 60,
      toSlot: beyond.has(nodeKey) ? (ends.get(nodeKey) ?? LAST_SLOT) : range.toHour * 60,
      outages: outages.byNode.get(nodeKey) ?? [],
    }),
  );
  return write(client, task, rederived);
}

/** Of a rebuild everybody knows that all hours are new. */
async function write(
  client: pg.ClientBase,
  { isRebuild }: Task,
  rederived: readonly Rederived[],
): Promise<readonly number[]> {
  if (!isRebuild) return writeOutages(client, rederived);
  await insertOutages(client, rederived);
  return [];
}

function toBegins(runs: OpenRuns): ReadonlyMap<number, number> {
  return new Map([...runs].map(([nodeKey, run]) => [nodeKey, run.fromSlot]));
}

function createOutages() {
  const byNode = new Map<number, OutageRun[]>();
  return {
    byNode,
    add(nodeKey: number, outage: OutageRun) {
      const list = byNode.get(nodeKey);
      if (list) list.push(outage);
      else byNode.set(nodeKey, [outage]);
    },
  };
}

async function countNodes(client: pg.ClientBase, networkId: string): Promise<number> {
  const { rows } = await client.query<{ nodes: number }>(
    'select count(*)::int as nodes from heartbeat_node where network_id = $1',
    [networkId],
  );
  return rows[0]?.nodes ?? 0;
}

async function listWritten(
  client: pg.ClientBase,
  { networkId, range }: Pick<Task, 'networkId' | 'range'>,
): Promise<readonly Written[]> {
  const { rows } = await client.query<{ node_key: number; is_beyond: boolean }>(
    `select o.node_key, bool_or(o.last_slot >= $3) as is_beyond
     from outage o
     join heartbeat_node n on n.node_key = o.node_key and n.network_id = $1
     where o.last_slot >= $2 and o.from_slot < $3
     group by o.node_key`,
    [networkId, range.fromHour * 60, range.toHour * 60],
  );
  return rows.map(({ node_key, is_beyond }) => ({ nodeKey: node_key, isBeyond: is_beyond }));
}
