import type { AsOf, ChainPoint } from './AsOf.js';

/** Conditions on rows of tables, as SQL. All of it is made of numbers and times of ours, so that it needs no parameters. */
export interface Bounds {
  readonly chains: readonly ChainPoint[];
  /** The height that counts for a row's chain. */
  height(alias: string): string;
  /** Whether a row with the columns chain_id, `height` and time lies at or before the point. */
  holds(alias: string, columns?: { readonly height?: string; readonly time?: string | null }): string;
  /** Whether a row lies after it: by its height, so that an index by chain and height finds it. */
  isLater(alias: string, height?: string): string;
  /** Something of each chain, by a row's chain. */
  perChain(alias: string, toSql: (point: ChainPoint) => string): string;
  /** The unix time of the point in units of so many seconds, the unit that runs not counted. */
  unit(seconds: number): string;
  readonly time: string;
}

export function createBounds({ chains, time }: AsOf): Bounds {
  const times = chains.flatMap((point) => point.time ?? []);
  const last = times.length > 0 ? new Date(Math.max(...times.map(Number))) : null;

  function perChain(alias: string, toSql: (point: ChainPoint) => string): string {
    const [only] = chains;
    if (!only) return 'null';
    if (chains.length === 1) return toSql(only);
    const cases = chains.map((point) => `when ${point.chainId} then ${toSql(point)}`);
    return `(case ${alias}.chain_id ${cases.join(' ')} end)`;
  }

  return {
    chains,
    perChain,
    height: (alias) => perChain(alias, ({ height }) => `${height}::int8`),
    holds(alias, { height = 'height', time: at = 'time' } = {}) {
      if (chains.length === 0) return 'false';
      const each = chains.map(
        (point) => `${alias}.chain_id = ${point.chainId} and ${alias}.${height} <= ${point.height}`,
      );
      const lies = each.length === 1 ? each.join() : `(${each.map((one) => `(${one})`).join(' or ')})`;
      // Later blocks bear no earlier times: this adds nothing but a way to find the rows by time.
      return at !== null && last ? `${lies} and ${alias}.${at} <= ${toTimeSql(last)}` : lies;
    },
    isLater(alias, height = 'height') {
      if (chains.length === 0) return 'false';
      const each = chains.map(
        (point) => `${alias}.chain_id = ${point.chainId} and ${alias}.${height} > ${point.height}`,
      );
      return each.length === 1 ? each.join() : `(${each.map((one) => `(${one})`).join(' or ')})`;
    },
    unit: (seconds) => String(Math.floor(time.getTime() / 1_000 / seconds)),
    time: toTimeSql(time),
  };
}

export function toTimeSql(time: Date): string {
  return `timestamptz '${time.toISOString()}'`;
}
