import { SLOT_SECONDS } from '../../../schema/heartbeat/slots.js';
import { type NodeSlots, networkUptime } from '../../../schema/metrics/formulas/reliability/networkUptime.js';
import { outageStatistics } from '../../../schema/metrics/formulas/reliability/outageStatistics.js';
import { roundHalfEven } from '../../../schema/metrics/formulas/statistics/roundHalfEven.js';
import type { FamilyInput, FamilyRow } from '../families.js';
import { toRegionId } from '../subjects.js';

/** A row of `reliability_day.sql`: the day of so many nodes, in slots of each; of no node, outages of any of them. */
interface NodeDay {
  readonly network: string;
  readonly day: number;
  readonly up: number;
  readonly known: number;
  readonly nodes: number;
  readonly region: string | null;
  readonly hardware: string;
  readonly failures: number;
  readonly repairs: number;
  readonly repairedDown: number;
}

type Group = Pick<FamilyRow, 'kind' | 'subject' | 'hour'> & { readonly days: NodeDay[] };

/** How the nodes of a network, a region and a class of hardware differ on a day, and how long they run and rest. */
export function computeReliabilityDay(rows: readonly FamilyInput[]): readonly FamilyRow[] {
  const groups = new Map<string, Group>();
  for (const row of rows as unknown as readonly NodeDay[]) {
    for (const [kind, subject] of listSubjects(row)) {
      const key = `${row.day} ${kind} ${subject}`;
      const group = groups.get(key);
      if (group) group.days.push(row);
      else groups.set(key, { kind, subject, hour: row.day * 24, days: [row] });
    }
  }
  return [...groups.values()].flatMap((group) => [...toDistribution(group), ...toTimes(group)]);
}

function listSubjects({ network, region, hardware }: NodeDay): readonly (readonly [FamilyRow['kind'], string])[] {
  const own = [['network', network] as const, ['hardware', `${network}:gpu:${hardware}`] as const];
  return region === null ? own : [...own, ['region', toRegionId(network, region)] as const];
}

function toDistribution({ days, ...of }: Group): readonly FamilyRow[] {
  const nodes = days.flatMap(({ up, known, nodes }) => new Array<NodeSlots>(nodes).fill({ gpus: null, up, known }));
  const { p5, p50, p95, meanOfNodes, nodesWithoutData } = networkUptime(nodes);
  const n = nodes.length - nodesWithoutData;
  const figures = { uptimeMean: meanOfNodes, uptimeP5: p5, uptimeP50: p50, uptimeP95: p95 };
  const known = Object.entries(figures).flatMap(([name, value]) =>
    value === null ? [] : [{ ...of, metric: `reliability.${name}`, num: roundHalfEven(value), den: null, n }],
  );
  const without = { ...of, metric: 'reliability.nodesWithoutData', num: String(nodesWithoutData), den: null };
  return [...known, { ...without, n: nodes.length }];
}

function toTimes({ days, ...of }: Group): readonly FamilyRow[] {
  const sum = (get: (day: NodeDay) => number) => days.reduce((total, day) => total + get(day), 0);
  const [up, repairedDown] = [
    sum(({ up, nodes }) => up * nodes) * SLOT_SECONDS,
    sum(({ repairedDown }) => repairedDown) * SLOT_SECONDS,
  ];
  const [failures, repairs] = [sum((day) => day.failures), sum((day) => day.repairs)];
  const times = outageStatistics({ up, down: repairedDown, failures, repairs, repairedDown });
  const mtbf = { ...of, metric: 'reliability.mtbf', den: null, n: failures };
  const mttr = { ...of, metric: 'reliability.mttr', den: null, n: repairs };
  return [
    ...(times.mtbf === null ? [] : [{ ...mtbf, num: roundHalfEven(times.mtbf) }]),
    ...(times.mtbfLower95 === null
      ? []
      : [{ ...mtbf, num: null, detail: { reason: 'noOutages', atLeast: roundHalfEven(times.mtbfLower95) } }]),
    ...(times.mttrCompleted === null ? [] : [{ ...mttr, num: roundHalfEven(times.mttrCompleted) }]),
  ];
}
