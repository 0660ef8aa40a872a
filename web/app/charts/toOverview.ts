import type { FigureUnit } from '../formatFigure.js';
import { type Figure, type FigureSeries, toFigure } from './toFigure.js';
import { type AddedSeries, toTotal } from './toTotals.js';

export interface OverviewNetwork {
  readonly id: string;
  readonly title: string;
  readonly workToken: FigureUnit['token'];
  readonly stakeToken: FigureUnit['token'];
}

export type NetworkSeries = AddedSeries & { readonly network: { readonly id: string } };

export interface OverviewTile {
  /** What the tile answers, in the order of `overviewTiles`. */
  readonly id: string;
  readonly figure: Figure;
  /** How many networks are in it. */
  readonly networks: number;
  /** Where it is of one network among several: its title. */
  readonly name: string | null;
}

/** What a network is told by, each by the first of these metrics that has a figure. */
export const overviewTiles: readonly { readonly id: string; readonly metrics: readonly string[] }[] = [
  { id: 'supply', metrics: ['supply.registeredGpuSeconds', 'supply.nodes'] },
  { id: 'online', metrics: ['supply.onlineShare'] },
  { id: 'utilisation', metrics: ['supply.utilisation'] },
  { id: 'price', metrics: ['price.settledIndex', 'price.settledPerMachineHour', 'price.settledPerTask'] },
  { id: 'success', metrics: ['jobs.success'] },
  { id: 'payouts', metrics: ['economy.payoutsUsd', 'economy.payouts'] },
];

/** By what the largest market is told among several, whose price is shown: prices of two markets have no sum. */
const VOLUME = 'economy.gmvUsd';

export const overviewMetrics: readonly string[] = [...overviewTiles.flatMap(({ metrics }) => metrics), VOLUME];

export const EVERY = 'all';

/** The tiles of one network, or of several together. */
export function toOverview(
  all: readonly NetworkSeries[],
  networks: readonly OverviewNetwork[],
): readonly OverviewTile[] {
  const [only] = networks;
  const isOne = networks.length === 1;
  return overviewTiles.flatMap(({ id, metrics }) => {
    const candidates = metrics.flatMap((metric): Candidate[] => {
      const own = all.filter((series) => series.metric.id === metric && networks.some(isOf(series)));
      const total = isOne ? null : toTotal(own, EVERY);
      if (total) return [{ series: total.series, networks: total.of, network: undefined }];
      const series = isOne ? own[0] : findLargest(own, all);
      const network = series && networks.find(isOf(series));
      return series && network ? [{ series, networks: 1, network }] : [];
    });
    const best = candidates.find(({ series }) => hasFigure(series)) ?? candidates[0];
    if (!best) return [];
    const of = best.network ?? only;
    const tokens = { work: of?.workToken ?? null, stake: of?.stakeToken ?? null };
    const figure = toFigure(best.series, { interval: 'day', tokens });
    return [{ id, figure, networks: best.networks, name: !isOne && best.network ? best.network.title : null }];
  });
}

interface Candidate {
  readonly series: FigureSeries;
  readonly networks: number;
  /** Undefined: it is of all of them. */
  readonly network: OverviewNetwork | undefined;
}

function isOf({ network }: NetworkSeries): (one: OverviewNetwork) => boolean {
  return ({ id }) => id === network.id;
}

function hasFigure({ points }: Pick<FigureSeries, 'points'>): boolean {
  return points.some(({ value }) => value !== null);
}

/** Of the network that turns over most, on the last day that is over. */
function findLargest(own: readonly NetworkSeries[], all: readonly NetworkSeries[]): NetworkSeries | undefined {
  const volumeOf = ({ network }: NetworkSeries) => {
    const volume = all.find((one) => one.metric.id === VOLUME && one.network.id === network.id);
    return Number(volume?.points.filter(({ inProgress }) => !inProgress).at(-1)?.value ?? 0);
  };
  return own.filter(hasFigure).toSorted((one, other) => volumeOf(other) - volumeOf(one))[0] ?? own[0];
}
