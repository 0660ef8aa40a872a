import type { FamilyInput } from '../families.js';

/**
 * A row of price.sql or price_day.sql. Numbers of any size are decimals as text. `trade`, `ask` and `bid` are prices with the
 * worth of their token, as of when they were; `success` and `earlier` are figures that were rolled before.
 */
export interface PriceRow {
  readonly part: 'trade' | 'ask' | 'bid' | 'success' | 'earlier';
  /** Of the bucket: the hour, or the day's first. */
  readonly hour: number;
  readonly network: string;
  /** Unix seconds as of which the token's worth is taken. */
  readonly at: string;
  readonly provider: string | null;
  readonly buyer: string | null;
  /** Who owns the provider: providers of one owner are one. */
  readonly party: string | null;
  /** Why trades of this buyer with this provider do not count on that day. */
  readonly removed: string | null;
  readonly gpuModel: string | null;
  readonly gpus: number | null;
  /** Base units for one `unit` of `resource`. */
  readonly price: string | null;
  /** Decimals of the price; null: the token's. */
  readonly scale: number | null;
  /** What was paid in all, with the protocol's fee, in the token's base units; null: nobody knows. */
  readonly value: string | null;
  readonly unit: string;
  readonly resource: string | null;
  readonly token: string | null;
  readonly decimals: number | null;
  readonly usdKind: 'feed' | 'static' | 'none' | null;
  readonly usdStatic: string | null;
  readonly usdHeartbeat: number | null;
  readonly usdAnswered: boolean | null;
  readonly usdRound: string | null;
  readonly usdAnswer: string | null;
  readonly usdUpdatedAt: string | null;
  readonly usdDecimals: number | null;
  /** Of the machine that is offered: whether it has a task, and the bitmaps of the last hour that is judged. */
  readonly busy: boolean;
  readonly up: string | null;
  readonly known: string | null;
  readonly expected: string | null;
  /** Of figures: whose, and which. For `success` the kind of subject. */
  readonly metric: string | null;
  readonly class: string | null;
  readonly num: string | null;
  readonly den: string | null;
  /** For `success` of a class of hardware, by metric, how its machines were there on the day; null: nobody heard them. */
  readonly detail: Readonly<Record<string, unknown>> | null;
}

/** The statements' columns are these. */
export function toPriceRows(rows: readonly FamilyInput[]): readonly PriceRow[] {
  return rows as readonly unknown[] as readonly PriceRow[];
}
