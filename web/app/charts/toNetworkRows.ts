import { type FigureSeries, type LastFigure, toFigures } from './toFigure.js';
import type { NetworkSeries, OverviewNetwork } from './toOverview.js';

/** What networks are compared by, in the order of the columns; of each the first metric that has a figure. */
export const networkColumns: readonly { readonly id: string; readonly metrics: readonly string[] }[] = [
  { id: 'machines', metrics: ['supply.nodes'] },
  { id: 'online', metrics: ['supply.onlineShare'] },
  { id: 'utilisation', metrics: ['supply.utilisation'] },
  { id: 'price', metrics: ['price.settledIndex', 'price.settledPerMachineHour', 'price.settledPerTask'] },
  { id: 'success', metrics: ['jobs.success'] },
  { id: 'uptime', metrics: ['reliability.capacityUptime', 'reliability.uptime'] },
  { id: 'payouts', metrics: ['economy.payoutsUsd', 'economy.payouts'] },
  { id: 'buyers', metrics: ['economy.activeBuyers'] },
];

export interface NetworkCell {
  readonly id: string;
  readonly metric: string;
  readonly title: string;
  readonly subject: string;
  readonly last: LastFigure | null;
  readonly reason: string | null;
  /** What it is sorted by, as it is shown; null where nothing is known. */
  readonly rank: number | null;
}

export interface NetworkRow {
  readonly network: string;
  readonly cells: readonly NetworkCell[];
  readonly asOfTime: string | null;
}

/** The last day that is over of each network, figure by figure. */
export function toNetworkRows(
  all: readonly NetworkSeries[],
  networks: readonly OverviewNetwork[],
  asOf: ReadonlyMap<string, string | null>,
): readonly NetworkRow[] {
  return networks.map((network) => {
    const own = all.filter((series) => series.network.id === network.id);
    const tokens = { work: network.workToken, stake: network.stakeToken };
    const figures = toFigures(own, { interval: 'day', tokens });
    const cells = networkColumns.flatMap(({ id, metrics }): NetworkCell[] => {
      const candidates = metrics.flatMap((metric) => figures.find((figure) => figure.metric.id === metric) ?? []);
      const best = candidates.find(({ last }) => last !== null) ?? candidates[0];
      if (!best) return [];
      const { metric, subject, last, reason } = best;
      const series = own.find((one) => one.metric.id === metric.id);
      const rank = last && series ? toRank(series, last.from) : null;
      return [{ id, metric: metric.id, title: metric.title, subject, last, reason, rank }];
    });
    return { network: network.id, cells, asOfTime: asOf.get(network.id) ?? null };
  });
}

function toRank({ points }: Pick<FigureSeries, 'points'>, from: string): number | null {
  const value = points.find((point) => point.from === from)?.value ?? null;
  return value === null ? null : Number(value);
}

/** Unknown ones last, in both directions; equal ones stay as they were. */
export function sortNetworkRows(
  rows: readonly NetworkRow[],
  column: string,
  direction: 'asc' | 'desc',
): readonly NetworkRow[] {
  const rankOf = (row: NetworkRow) =>
    column === 'asOf'
      ? row.asOfTime && Date.parse(row.asOfTime)
      : (row.cells.find(({ id }) => id === column)?.rank ?? null);
  return rows.toSorted((one, other) => {
    const [a, b] = [rankOf(one), rankOf(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return direction === 'asc' ? Number(a) - Number(b) : Number(b) - Number(a);
  });
}
