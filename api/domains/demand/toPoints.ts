import { matchGpu } from '../../../schema/hardware/matchGpu.js';
import { weightedMedian } from '../../../schema/metrics/formulas/statistics/weightedMedian.js';
import { toDecimal } from '../../../schema/prices/usd.js';
import type { AskedRow, Bucket, UnservedRow } from './demandQueries.js';
import type { UnservedPoint } from './UnservedDemand.js';

/** A row with the class of its hardware: machines write one model in many ways. */
export interface ClassedRow extends Omit<UnservedRow, 'gpuModel'> {
  readonly hardware: string | null;
}

/** Rows of one class, resource, unit and token of a bucket become one. */
export function classRows(rows: readonly UnservedRow[]): readonly ClassedRow[] {
  const groups = new Map<string, ClassedRow[]>();
  for (const { gpuModel, ...row } of rows) {
    const hardware = matchGpu(gpuModel ?? '').model?.id ?? null;
    const key = JSON.stringify([row.from, hardware, row.resource, row.unit, row.token, row.scale]);
    const group = groups.get(key);
    if (group) group.push({ ...row, hardware });
    else groups.set(key, [{ ...row, hardware }]);
  }
  return [...groups.values()].map((group) => group.reduce(join)).sort(compareRows);
}

function join(one: ClassedRow, other: ClassedRow): ClassedRow {
  const median = weightedMedian([
    { value: BigInt(one.median), weight: one.bids },
    { value: BigInt(other.median), weight: other.bids },
  ]);
  const isOlder = one.height < other.height;
  return {
    ...(isOlder ? other : one),
    ...{ bids: one.bids + other.bids, tasks: one.tasks + other.tasks, median: String(median ?? one.median) },
    value: String(BigInt(one.value) + BigInt(other.value)),
    lowest: BigInt(one.lowest) < BigInt(other.lowest) ? one.lowest : other.lowest,
    highest: BigInt(one.highest) > BigInt(other.highest) ? one.highest : other.highest,
  };
}

function compareRows(one: ClassedRow, other: ClassedRow): number {
  const toKey = (row: ClassedRow) =>
    [row.hardware, row.resource, row.unit, row.token, row.scale].map((part) => part ?? '').join(' ');
  return one.from - other.from || (toKey(one) < toKey(other) ? -1 : 1);
}

export interface PointInput {
  readonly row: ClassedRow;
  readonly bucket: Bucket;
  readonly network: string;
  /** Of the token. */
  readonly decimals: number;
  /** Of `value`; null: not known. */
  readonly usd: string | null;
  readonly asked: readonly AskedRow[];
  /** Up to when ends are known. */
  readonly asOfTime: Date | null;
}

export function toPoint({ row, bucket, network, decimals, usd, asked, asOfTime }: PointInput): UnservedPoint {
  const { from, hardware, resource, unit, bids, tasks } = row;
  const scale = row.scale ?? decimals;
  const amount = (text: string) => toDecimal(BigInt(text), scale);
  const to = new Date((from + bucket.seconds) * 1_000);
  const metric = findAskMetric(row);
  const ask = asked.find(
    (one) =>
      one.metric === metric &&
      one.subject === (hardware && metric === GPU_HOUR ? `${network}:gpu:${hardware}` : network) &&
      one.day * SECONDS_PER_DAY < from + bucket.seconds &&
      (one.day + 1) * SECONDS_PER_DAY > from,
  );
  // Of a price by time nobody says how long.
  const isWhole = unit === 'task';
  return {
    ...{ from: new Date(from * 1_000), to, inProgress: asOfTime === null || to > asOfTime, hardware, resource, unit },
    ...{ bids: String(bids), quantity: String(tasks) },
    value: isWhole ? amount(row.value) : null,
    valueUsd: isWhole ? usd : null,
    ...{ lowestBid: amount(row.lowest), medianBid: amount(row.median), highestBid: amount(row.highest) },
    ...{ asked: ask?.inToken ?? null, askedUsd: ask?.usd ?? null, askedMetric: metric },
  };
}

const SECONDS_PER_DAY = 86_400;
const GPU_HOUR = 'price.ask';

/** The metric that says what was asked for the same; null: there is none. */
function findAskMetric({ unit, resource }: Pick<ClassedRow, 'unit' | 'resource'>): string | null {
  if (unit === 'second' || unit === 'hour') return resource === 'gpu' ? GPU_HOUR : 'price.askPerMachineHour';
  return askMetrics.get(unit) ?? null;
}

const askMetrics: ReadonlyMap<string, string> = new Map([
  ['task', 'price.askPerTask'],
  ['token', 'price.askPerMillionTokens'],
  ['pixel', 'price.askPerMillionPixels'],
  ['epoch', 'price.askPerEpoch'],
]);

export const askMetricIds = [GPU_HOUR, 'price.askPerMachineHour', ...askMetrics.values()];
