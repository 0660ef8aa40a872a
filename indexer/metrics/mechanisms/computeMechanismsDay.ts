import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import { divide } from '../../../schema/metrics/formulas/economy/divide.js';
import { toConcentration } from '../../../schema/metrics/formulas/economy/toConcentration.js';
import { kaplanMeier } from '../../../schema/metrics/formulas/jobs/kaplanMeier.js';
import { roundHalfEven } from '../../../schema/metrics/formulas/statistics/roundHalfEven.js';
import type { FamilyInput, FamilyRow } from '../families.js';
import { toNetworkGroup } from './toNetworkGroup.js';

/** The days of the mechanisms that cannot be summed of hours, from the rows of `mechanisms_day.sql`. */
export function computeMechanismsDay(rows: readonly FamilyInput[]): readonly FamilyRow[] {
  const days = new Map<number, Part[]>();
  for (const row of rows) {
    const day = Number(row.day);
    const parts = days.get(day) ?? [];
    parts.push({
      part: String(row.part),
      name: row.name === null ? '' : String(row.name),
      amount: BigInt(String(row.amount)),
      n: Number(row.n),
    });
    days.set(day, parts);
  }
  return [...days].flatMap(([day, parts]) => {
    const scope = { subject: String(rows[0]?.network), hour: day * HOURS_PER_DAY };
    return [
      ...listSpread(scope, 'capacityByRegion', of(parts, 'region')),
      ...listSpread(scope, 'capacityByOperator', of(parts, 'operator')),
      ...listSpread(scope, 'capacityByNetworkGroup', toGroups(of(parts, 'uri'))),
      ...listSpread(scope, 'valueByRegion', of(parts, 'value')),
      ...listFailures(scope, parts),
      ...listWaits(scope, parts),
    ];
  });
}

interface Part {
  readonly part: string;
  readonly name: string;
  readonly amount: bigint;
  readonly n: number;
}

interface Scope {
  readonly subject: string;
  readonly hour: number;
}

function of(parts: readonly Part[], part: string): readonly Part[] {
  return parts.filter((one) => one.part === part);
}

type Figure = Pick<FamilyRow, 'num' | 'n' | 'detail'> & { readonly name: string };

function toRow({ subject, hour }: Scope, { name, ...figure }: Figure): FamilyRow {
  return { metric: `mechanisms.${name}`, kind: 'network', subject, hour, den: null, ...figure };
}

/** How concentrated it is, and where most of it lies. */
function listSpread(scope: Scope, name: string, parts: readonly Part[]): readonly FamilyRow[] {
  const { hhi10000, effectiveN, top1Share, holders } = toConcentration(parts.map(({ amount }) => amount));
  if (hhi10000 === null || effectiveN === null || top1Share === null) return [];
  const top = findLargest(parts)?.name;
  const detail = { effective: roundHalfEven(effectiveN), top, topShare: roundHalfEven(top1Share) };
  return [toRow(scope, { name, num: roundHalfEven(hhi10000), n: holders, detail })];
}

/** Of equal ones the first by name, so that any order of rows says the same. */
function findLargest(parts: readonly Part[]): Part | undefined {
  let largest: Part | undefined;
  for (const part of parts) {
    const isLarger =
      !largest || part.amount > largest.amount || (part.amount === largest.amount && part.name < largest.name);
    if (isLarger) largest = part;
  }
  return largest;
}

/** Machines of which no network is known belong to none, and are left out. */
function toGroups(parts: readonly Part[]): readonly Part[] {
  const groups = new Map<string, Part>();
  for (const one of parts) {
    const name = toNetworkGroup(one.name);
    if (name === null) continue;
    const before = groups.get(name);
    const amount = one.amount + (before?.amount ?? 0n);
    groups.set(name, { ...one, name, amount, n: one.n + (before?.n ?? 0) });
  }
  return [...groups.values()];
}

/** The most that one region, and one operator, had down at the same time, of all that is registered. */
function listFailures(scope: Scope, parts: readonly Part[]): readonly FamilyRow[] {
  const [all] = of(parts, 'all');
  return [
    ['sharedFailureByRegion', 'downRegion'] as const,
    ['sharedFailureByOperator', 'downOperator'] as const,
  ].flatMap(([name, part]) => {
    const largest = findLargest(of(parts, part));
    const share = largest && all ? divide(largest.amount, all.amount) : null;
    if (!largest || !all || share === null) return [];
    // Machines that left within the day were down of what was there then.
    const num = roundHalfEven(Math.min(share, 1));
    return [toRow(scope, { name, num, n: all.n, detail: { group: largest.name, gpus: String(largest.amount) } })];
  });
}

function listWaits(scope: Scope, parts: readonly Part[]): readonly FamilyRow[] {
  const [wait] = of(parts, 'wait');
  const figures: FamilyRow[] = wait
    ? [toRow(scope, { name: 'medianProofToPay', num: String(wait.amount), n: wait.n })]
    : [];
  const paid = of(parts, 'paid').map(({ amount }) => ({ t: Number(amount), end: 'complete' as const }));
  const unpaid = of(parts, 'unpaid').map(({ amount }) => ({ t: Number(amount), end: null }));
  const newcomers = [...paid, ...unpaid];
  if (newcomers.length === 0) return figures;
  const { median } = kaplanMeier(newcomers);
  const reason = 'Fewer than half of those who joined have been paid yet.';
  const detail = { paid: paid.length, ...(median === null ? { reason } : {}) };
  figures.push(
    toRow(scope, {
      name: 'timeToFirstPay',
      num: median === null ? null : String(Math.round(median)),
      n: newcomers.length,
      detail,
    }),
  );
  return figures;
}
