import type { AppLoadContext } from '@remix-run/node';
import { toMultiples } from '../charts/toMultiples.js';
import { type NetworkSeries, type OverviewNetwork, overviewMetrics, toOverview } from '../charts/toOverview.js';
import { toFiguresPath } from '../figuresFile.js';
import { ask, toSource } from './ask.js';
import { toText } from './graphql.js';
import { overviewQuery } from './marketQueries.js';

/** Each class of each network is a line: more than a screen of them nobody reads, and one answer holds no more. */
const MOST_NETWORKS = 12;
const MOST_LINES = 18;

const ofHardware = ['price.settledIndex', 'supply.registeredGpuSeconds', 'supply.utilisation'];
const ofNetworks = ['supply.nodes', 'jobs.success', 'economy.payoutsUsd'];

/** Figures of networks by day, with more of them than the tiles show where they are named. */
export async function askOverview(
  context: AppLoadContext,
  networks: readonly OverviewNetwork[],
  {
    metrics = [],
    withHardware = false,
  }: { readonly metrics?: readonly string[]; readonly withHardware?: boolean } = {},
) {
  const variables = {
    networks: networks.map(({ id }) => id),
    metrics: [...new Set([...overviewMetrics, ...metrics])],
    ...{ ofHardware, withHardware },
  };
  if (networks.length === 0) return { series: [], hardware: [], question: null };
  const { market, hardware } = await ask(context, overviewQuery, variables);
  return {
    ...{ series: market.series, hardware: hardware?.series ?? [] },
    question: toSource(
      context,
      { query: toText(overviewQuery), variables },
      {
        market: toFiguresPath(variables),
        ...(withHardware
          ? { hardware: toFiguresPath({ ...variables, metrics: ofHardware, everyHardware: true }) }
          : {}),
      },
    ),
  };
}

type Network = OverviewNetwork & { readonly recorded: boolean };

/** What the first page shows of networks: tiles of all of them together, and small lines of each and of each model. */
export async function findOverview(
  context: AppLoadContext,
  all: readonly Network[],
  models: readonly { readonly id: string; readonly name: string }[],
) {
  const networks = all.filter(({ recorded }) => !recorded).slice(0, MOST_NETWORKS);
  const { series, hardware, question } = await askOverview(context, networks, {
    ...{ metrics: ofNetworks, withHardware: true },
  });
  const tiles = toOverview(series, networks);
  const byNetwork = networks.length < 2 ? [] : ofNetworks.map((id) => toLines(series, networks, id, titleOf));
  const ranked = rankHardware(hardware.filter(({ points }) => points.length > 0));
  const hasSeveral = new Set(ranked.map(({ network }) => network.id)).size > 1;
  const byModel = ofHardware.map((id) =>
    toLines(ranked, networks, id, (one, network) => {
      const name = models.find((model) => model.id === one.hardware)?.name ?? one.hardware ?? '';
      return hasSeveral ? `${name} · ${network.title}` : name;
    }),
  );
  const rolled = series.flatMap(({ asOfBlock, asOfTime }) => (asOfTime ? [{ block: asOfBlock, time: asOfTime }] : []));
  return {
    tiles,
    // Where the tiles are of several networks, it is these.
    counted: networks.length,
    byModel: byModel.flatMap((group) => group ?? []),
    byNetwork: byNetwork.flatMap((group) => group ?? []),
    asOf: rolled.sort((one, other) => (one.time < other.time ? -1 : 1))[0] ?? null,
    question,
  };
}

export type Overview = Awaited<ReturnType<typeof findOverview>>;

type HardwareSeries = NetworkSeries & { readonly hardware: string | null };

function titleOf(_: HardwareSeries, network: OverviewNetwork): string {
  return network.title;
}

function toLines(
  all: readonly HardwareSeries[],
  networks: readonly OverviewNetwork[],
  id: string,
  toName: (series: HardwareSeries, network: OverviewNetwork) => string,
) {
  const own = all.flatMap((series) => {
    const network = networks.find((one) => one.id === series.network.id);
    if (series.metric.id !== id || !network || series.points.length === 0) return [];
    const tokens = { work: network.workToken, stake: network.stakeToken };
    return [{ ...series, name: toName(series, network), tokens }];
  });
  return toMultiples(own.slice(0, MOST_LINES), 'day');
}

/** That of which there is most first; machines that name no model last. */
function rankHardware<Series extends HardwareSeries>(all: readonly Series[]): readonly Series[] {
  const capacity = new Map(
    all
      .filter(({ metric }) => metric.id === 'supply.registeredGpuSeconds')
      .map(({ subject, points }) => [subject, Number(points.at(-1)?.value ?? 0)]),
  );
  const rank = ({ hardware, subject }: Series) => (hardware === 'unknown' ? -1 : (capacity.get(subject) ?? 0));
  return all.toSorted((one, other) => rank(other) - rank(one));
}
