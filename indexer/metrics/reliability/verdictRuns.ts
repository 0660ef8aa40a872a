import type pg from 'pg';
import {
  type DownRun,
  foldHalfHour,
  type HalfHour,
  lowestBit,
  type OutageRun,
  toOutage,
} from '../../../schema/metrics/formulas/reliability/outageRuns.js';

/** Runs of down slots by node: of those that are in one as far as it was looked. */
export type OpenRuns = Map<number, DownRun>;

export type Emit = (nodeKey: number, outage: OutageRun) => void;

export interface HourSpan {
  readonly fromHour: number;
  /** Not within it. */
  readonly toHour: number;
}

/** A verdict's hour, cut into two numbers of thirty bits each, and whether hours follow that were up throughout. */
type Row = readonly [
  ...[nodeKey: number, hour: number, upLow: number, upHigh: number, knownLow: number, knownHigh: number],
  isEnded?: boolean,
];

const bits = `(up & 1073741823)::int, (up >> 30)::int, (known & 1073741823)::int, (known >> 30)::int`;

/**
 * Goes on with all nodes of a network over some hours. Of those only the ones leave the database in which something was down, with
 * whether hours follow that were up throughout, before the next of them: all others change nothing.
 */
export async function walkNetwork(
  client: pg.ClientBase,
  {
    networkId,
    span,
    runs,
    emit,
  }: {
    readonly networkId: string;
    readonly span: HourSpan;
    readonly runs: OpenRuns;
    readonly emit: Emit;
  },
): Promise<void> {
  const values = [networkId, span.fromHour, span.toHour, [...runs.keys()]];
  for (const row of await select(client, networkRows, values)) {
    const [nodeKey] = row;
    for (const half of toHalves(row)) {
      keepRun(
        runs,
        nodeKey,
        foldHalfHour(runs.get(nodeKey) ?? null, half, (outage) => emit(nodeKey, outage)),
      );
    }
    if (row[6]) endRun(runs, nodeKey, emit);
  }
}

/** $1 network, $2 and $3 hours from and up to, $4 nodes that are in a run when they begin: those have an hour of nothing before. */
const networkRows = `
  with down as materialized (
    select v.node_key, v.hour, v.up, v.known, v.known & ~v.up > v.up as is_open
    from node_verdict v
    join heartbeat_node n on n.node_key = v.node_key and n.network_id = $1
    where v.hour >= $2::int and v.hour < $3::int and v.known <> v.up
    union all
    select node_key, $2::int - 1, 0, 0, true from unnest($4::int[]) as run (node_key)
  )
  select node_key, hour, ${bits}, is_open and next_hour <> hour + 1 and exists (
    select from node_verdict v
    where v.node_key = d.node_key and v.hour > d.hour and v.hour < d.next_hour and v.known <> 0
  ) as is_ended
  from (select *, lead(hour, 1, $3::int) over (partition by node_key order by hour) as next_hour from down) as d
  order by node_key, hour
`;

function endRun(runs: OpenRuns, nodeKey: number, emit: Emit): void {
  const outage = toOutage(runs.get(nodeKey) ?? null, true);
  if (outage) emit(nodeKey, outage);
  runs.delete(nodeKey);
}

/**
 * Goes on with some nodes until each was up once; tells in which slot that was. Those that never are stay out of the answer, and
 * in `runs` where they are down.
 */
export async function walkUntilUp(
  client: pg.ClientBase,
  {
    nodes,
    span,
    runs,
    emit,
  }: {
    readonly nodes: readonly number[];
    readonly span: HourSpan;
    readonly runs: OpenRuns;
    readonly emit: Emit;
  },
): Promise<ReadonlyMap<number, number>> {
  const upSlots = new Map<number, number>();
  let waiting = nodes;
  let from = span.fromHour;
  while (from < span.toHour && waiting.length > 0) {
    const to = Math.min(span.toHour, from + Math.max(1, Math.floor(ROWS_AT_ONCE / waiting.length)));
    for (const row of await select(client, nodeRows, [waiting, from, to])) {
      for (const half of toHalves(row)) {
        if (upSlots.has(row[0])) break;
        const part = cutAfterUp(half);
        keepRun(
          runs,
          row[0],
          foldHalfHour(runs.get(row[0]) ?? null, part, (outage) => emit(row[0], outage)),
        );
        if (part.up !== 0) upSlots.set(row[0], part.fromSlot + lowestBit(part.up));
      }
    }
    waiting = waiting.filter((nodeKey) => !upSlots.has(nodeKey));
    from = to;
  }
  return upSlots;
}

const nodeRows = `
  select node_key, hour, ${bits}
  from node_verdict
  where node_key = any($1::int[]) and hour >= $2 and hour < $3 and known <> 0
  order by hour
`;

/** Of nodes' hours, in memory at a time. */
const ROWS_AT_ONCE = 50_000;

async function select(client: pg.ClientBase, text: string, values: unknown[]): Promise<readonly Row[]> {
  const { rows } = await client.query<unknown[]>({ text, values, rowMode: 'array' });
  return rows as unknown as readonly Row[];
}

function toHalves([, hour, upLow, upHigh, knownLow, knownHigh]: Row): readonly [HalfHour, HalfHour] {
  return [
    { fromSlot: hour * 60, up: upLow, known: knownLow },
    { fromSlot: hour * 60 + 30, up: upHigh, known: knownHigh },
  ];
}

/** What is known up to the first slot that was up, and that one. */
function cutAfterUp({ fromSlot, up, known }: HalfHour): HalfHour {
  if (up === 0) return { fromSlot, up, known };
  const low = lowestBit(up);
  return { fromSlot, up: 1 << low, known: known & ((2 << low) - 1) };
}

function keepRun(runs: OpenRuns, nodeKey: number, run: DownRun | null): void {
  if (run) runs.set(nodeKey, run);
  else runs.delete(nodeKey);
}
