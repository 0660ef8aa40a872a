import { ONE, toFixedText } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import type { FamilyInput, FamilyRow } from '../families.js';
import { findQuote, type Quote } from './findQuote.js';
import { type PriceRow, toPriceRows } from './PriceRow.js';
import { toUsdOfRow } from './toUsdOfRow.js';

/** Volumes of an hour, which add up to those of a day: GPU-hours, USD, and what was paid in the work token. */
export function computePriceHour(rows: readonly FamilyInput[]): readonly FamilyRow[] {
  const volumes = new Map<string, Volumes>();
  for (const row of toPriceRows(rows)) {
    const quote = findQuote(row);
    const value = BigInt(row.value ?? 0);
    const { usd } = toUsdOfRow({ baseUnits: value, decimals: row.decimals ?? 0 }, row);
    for (const own of listVolumes(volumes, row, quote)) {
      if (quote?.unit === 'gpuHour') add(own.gpuHours, quote.quantity);
      add(own.token, value * ONE);
      if (usd !== null) add(own.usd, usd);
    }
  }
  return [...volumes.values()].flatMap(({ key, gpuHours, token, usd }) =>
    [
      { metric: 'price.volumeGpuHours', ...gpuHours },
      { metric: 'price.volumeToken', ...token },
      { metric: 'price.volumeUsd', ...usd },
    ].flatMap(({ metric, sum, n }) => (n === 0 ? [] : [{ ...key, metric, num: toFixedText(sum), den: null, n }])),
  );
}

type Key = Pick<FamilyRow, 'kind' | 'subject' | 'hour'>;

interface Sum {
  n: number;
  sum: bigint;
}

/** Of a subject in an hour. */
interface Volumes {
  readonly key: Key;
  readonly gpuHours: Sum;
  readonly token: Sum;
  readonly usd: Sum;
}

/** Of the network, and of the class of hardware where the trade is by the GPU-hour. */
function listVolumes(
  volumes: Map<string, Volumes>,
  { network, hour }: PriceRow,
  quote: Quote | undefined,
): readonly Volumes[] {
  const whole = ensureVolumes(volumes, { kind: 'network', subject: network, hour });
  if (quote?.unit !== 'gpuHour') return [whole];
  return [whole, ensureVolumes(volumes, { kind: 'hardware', subject: `${network}:gpu:${quote.hardware}`, hour })];
}

function ensureVolumes(volumes: Map<string, Volumes>, key: Key): Volumes {
  const id = `${key.hour} ${key.subject}`;
  const known = volumes.get(id);
  if (known) return known;
  const made = { key, gpuHours: { n: 0, sum: 0n }, token: { n: 0, sum: 0n }, usd: { n: 0, sum: 0n } };
  volumes.set(id, made);
  return made;
}

function add(to: Sum, amount: bigint): void {
  to.sum += amount;
  to.n += 1;
}
