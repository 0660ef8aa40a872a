import { HOURS_PER_DAY } from '../../../schema/heartbeat/slots.js';
import {
  type Holding,
  joinHoldings,
  toConcentration,
} from '../../../schema/metrics/formulas/economy/toConcentration.js';
import { toGrowth } from '../../../schema/metrics/formulas/economy/toGrowth.js';
import { toRetention, toRevenueRetention } from '../../../schema/metrics/formulas/economy/toRetention.js';
import { toYields } from '../../../schema/metrics/formulas/economy/toYields.js';
import { roundHalfEven } from '../../../schema/metrics/formulas/statistics/roundHalfEven.js';
import type { FamilyInput, FamilyRow } from '../families.js';
import { type EconomySeries, type EconomySpan, sumOf, toSeries, toSpan, toWindow } from './EconomySeries.js';

/** The days of the economy that cannot be summed of hours, from the rows of `economy_day.sql`. */
export function computeEconomyDay(rows: readonly FamilyInput[]): readonly FamilyRow[] {
  const [first] = rows;
  if (!first) return [];
  const span = toSpan(first);
  const series = rows.map(toSeries);
  const find = (part: string) => series.find((one) => one.part === part);
  const list = (part: string) => series.filter((one) => one.part === part);
  const [stake, pay, buyers] = [list('stake'), list('pay'), list('buyer')];
  const edges = find('edge');
  const figures: FamilyRow[] = [];
  for (let day = span.fromDay; day <= span.toDay; day++) {
    const scope = { network: span.network, day };
    figures.push(
      ...listActive(scope, find('active')),
      ...listConcentration(scope, 'stake', toStake(stake, day)),
      ...listConcentration(scope, 'pay', toPay(pay, toWindow(edges, day - PAY_DAYS + 1, day))),
      ...listYield(scope, find('yield')),
      ...listGrowth(scope, span, find('gmv')),
      ...listRetention(scope, span, { buyers, edges }),
    );
  }
  return figures;
}

interface Scope {
  readonly network: string;
  readonly day: number;
}

interface Figure {
  readonly name: string;
  readonly value: number | string | null;
  readonly n: number;
  readonly detail?: Readonly<Record<string, unknown>>;
}

function toRow({ network, day }: Scope, { name, value, n, detail }: Figure): FamilyRow {
  const num = typeof value === 'number' ? roundHalfEven(value) : value;
  const row = { metric: `economy.${name}`, kind: 'network', subject: network, hour: day * HOURS_PER_DAY } as const;
  return { ...row, num, den: null, n, ...(detail ? { detail } : {}) };
}

function listActive(scope: Scope, series: EconomySeries | undefined): readonly FamilyRow[] {
  const count = series?.amounts.get(scope.day);
  return count === undefined ? [] : [toRow(scope, { name: 'activeBuyers', value: String(count), n: Number(count) })];
}

type Held = Holding & { readonly operator: string | undefined };

/** What is bonded to each provider at the end of the day. */
function toStake(series: readonly EconomySeries[], day: number): readonly Held[] {
  return series.map(({ subject, operator, base, amounts }) => {
    const since = [...amounts].filter(([at]) => at <= day).reduce((sum, [, delta]) => sum + delta, 0n);
    return { holder: subject, operator, value: BigInt(base ?? '0') + since };
  });
}

const PAY_DAYS = 30;

function toPay(series: readonly EconomySeries[], [from, to]: readonly [number, number]): readonly Held[] {
  return series.map(({ subject, operator, amounts }) => ({
    holder: subject,
    operator,
    value: sumOf(amounts, from, to),
  }));
}

function listConcentration(scope: Scope, of: 'stake' | 'pay', held: readonly Held[]): readonly FamilyRow[] {
  const operators = new Map(held.flatMap(({ holder, operator }) => (operator ? [[holder, operator] as const] : [])));
  const views = [
    ['', held.map(({ value }) => value)],
    ['ByOperator', joinHoldings(held, operators)],
  ] as const;
  return views.flatMap(([suffix, values]) => {
    const found = toConcentration(values);
    if (found.holders === 0) return [];
    const { holders, hhi10000, effectiveN, gini, giniUnbiased, nakamoto50, nakamoto33, top1Share } = found;
    const round = (value: number | null) => (value === null ? null : roundHalfEven(value));
    return [
      { name: `${of}Hhi${suffix}`, value: hhi10000 },
      { name: `${of}EffectiveHolders${suffix}`, value: effectiveN },
      { name: `${of}Gini${suffix}`, value: gini, detail: { unbiased: round(giniUnbiased) } },
      {
        name: `${of}Nakamoto${suffix}`,
        value: nakamoto50 === null ? null : String(nakamoto50),
        detail: { ofThird: nakamoto33 },
      },
      { name: `${of}TopShare${suffix}`, value: top1Share },
    ].map((figure) => toRow(scope, { ...figure, n: holders }));
  });
}

const YIELD_DAYS = 30;
const YEAR_SECONDS = 31_536_000n;
const DAY_SECONDS = 86_400;

/** Rewards stand a year's seconds times as high in the sums, as `economy.apr` has them. */
function listYield(scope: Scope, series: EconomySeries | undefined): readonly FamilyRow[] {
  if (!series) return [];
  const from = scope.day - YIELD_DAYS + 1;
  const days = [...series.others.keys()].filter((day) => day >= from && day <= scope.day).length;
  const rewards = sumOf(series.amounts, from, scope.day) / YEAR_SECONDS;
  const use = { rewards, feeRewards: 0n, slashed: 0n, seconds: days * DAY_SECONDS };
  const { apyCompounded } = toYields({ ...use, stakeSeconds: sumOf(series.others, from, scope.day) });
  return apyCompounded === null ? [] : [toRow(scope, { name: 'apy', value: apyCompounded, n: days })];
}

const WEEKS = 12;

/** Of whole weeks that end with this day, since the network's first. */
function listGrowth(scope: Scope, { bornDay }: EconomySpan, series: EconomySeries | undefined): readonly FamilyRow[] {
  const weeks = Math.min(WEEKS, Math.floor((scope.day - bornDay + 1) / 7));
  if (!series || weeks < 2) return [];
  const sums = Array.from({ length: weeks }, (_, index) => {
    const to = scope.day - 7 * (weeks - 1 - index);
    return Number(sumOf(series.amounts, to - 6, to));
  });
  if (sums.every((sum) => sum === 0)) return [];
  const { changes, compound, logSlope } = toGrowth(sums);
  const none = (value: number | null) => (value === null ? { detail: { reason: 'A week had no payments.' } } : {});
  const weekly = changes.at(-1) ?? null;
  return [
    { name: 'weeklyGrowth', value: weekly, ...none(weekly) },
    { name: 'compoundGrowth', value: compound, ...none(compound) },
    { name: 'trend', value: logSlope, ...none(logSlope) },
  ].map((figure) => toRow(scope, { ...figure, n: weeks }));
}

const MONTH_DAYS = 30;

/** Buyers by what they paid for work, trade with themselves left out. */
function listRetention(
  scope: Scope,
  { bornDay }: EconomySpan,
  { buyers, edges }: { readonly buyers: readonly EconomySeries[]; readonly edges: EconomySeries | undefined },
): readonly FamilyRow[] {
  const { day } = scope;
  const spentIn = (first: number, last: number) => {
    const [from, to] = toWindow(edges, first, last);
    return new Map(
      buyers.flatMap(({ subject, amounts }) => {
        const sum = sumOf(amounts, from, to);
        return sum > 0n ? [[subject, sum] as const] : [];
      }),
    );
  };
  const thisWeek = new Set(spentIn(day - 6, day).keys());
  const lastWeek = new Set(spentIn(day - 13, day - 7).keys());
  // A buyer of whom all was washed up to this day is known by what comes after it alone, which must not tell.
  const isNew = ({ base, amounts }: EconomySeries) =>
    Number(base) >= day - 34 && Number(base) <= day - 28 && [...amounts.keys()].some((at) => at <= day);
  const cohort = new Set(buyers.filter(isNew).map(({ subject }) => subject));
  const figures: Figure[] = [
    { name: 'weeklyRetention', value: toRetention(lastWeek, [thisWeek])[0] ?? null, n: lastWeek.size },
    { name: 'cohortRetention', value: toRetention(cohort, [thisWeek])[0] ?? null, n: cohort.size },
  ];
  if (bornDay <= day - 2 * MONTH_DAYS + 1) {
    const before = spentIn(day - 2 * MONTH_DAYS + 1, day - MONTH_DAYS);
    const { nrr, grr } = toRevenueRetention(before, spentIn(day - MONTH_DAYS + 1, day));
    figures.push({ name: 'netRevenueRetention', value: nrr, n: before.size });
    figures.push({ name: 'grossRevenueRetention', value: grr, n: before.size });
  }
  return figures.flatMap((figure) => (figure.value === null ? [] : [toRow(scope, figure)]));
}
