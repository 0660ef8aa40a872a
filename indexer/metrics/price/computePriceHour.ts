import { ONE, toFixedText } from '../../../schema/metrics/formulas/price/fixedPoint.js';
import type { FamilyInput, FamilyRow } from '../families.js';
import { findQuote, type Quote } from './findQuote.js';
import { type PriceRow, toPriceRows } from './PriceRow.js';
import { toUsdOfRow } from './toUsdOfRow.js';

/** Volumes of an hour, which add up to those of a day: GPU-hours, USD, and what was paid in the work token. */
export function computePriceHour(rows: readonly FamilyInput[]): readonly FamilyRow[] {
  const sums = new Map<string, Sum>();
  for (const row of toPriceRows(rows)) {
    const quote = findQuote(row);
    const value = BigInt(row.value ?? 0);
    const { usd } = toUsdOfRow({ baseUnits: value, decimals: row.decimals ?? 0 }, row);
    for (const subject of listSubjects(row, quote)) {
      if (quote?.unit === 'gpuHour') add(sums, { ...subject, metric: 'price.volumeGpuHours' }, quote.quantity);
      add(sums, { ...subject, metric: 'price.volumeToken' }, value * ONE);
      if (usd !== null) add(sums, { ...subject, metric: 'price.volumeUsd' }, usd);
    }
  }
  return [...sums.values()].map(({ sum, ...row }) => ({ ...row, num: toFixedText(sum), den: null }));
}

type Key = Pick<FamilyRow, 'metric' | 'kind' | 'subject' | 'hour'>;
type Sum = Key & { readonly n: number; readonly sum: bigint };

function listSubjects({ network, hour }: PriceRow, quote: Quote | undefined): readonly Omit<Key, 'metric'>[] {
  const whole = { kind: 'network', subject: network, hour } as const;
  if (quote?.unit !== 'gpuHour') return [whole];
  return [whole, { kind: 'hardware', subject: `${network}:gpu:${quote.hardware}`, hour }];
}

function add(sums: Map<string, Sum>, key: Key, amount: bigint): void {
  const id = `${key.metric} ${key.kind} ${key.subject} ${key.hour}`;
  const known = sums.get(id);
  sums.set(id, { ...key, n: (known?.n ?? 0) + 1, sum: (known?.sum ?? 0n) + amount });
}
