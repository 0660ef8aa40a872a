import type { AppLoadContext } from '@remix-run/node';
import { percentileBands } from '../charts/percentileBands.js';
import type { FigureUnit } from '../formatFigure.js';
import { EVERY_NETWORK, readSeriesState, type SeriesState } from '../seriesState.js';
import { ask, askWithSource, toSource } from './ask.js';
import { toText } from './graphql.js';
import { metricMarketQuery, metricQuery, metricSeriesQuery } from './metricQueries.js';

export interface SeriesRequest {
  /** Of the metric. */
  readonly id: string;
  readonly search: URLSearchParams;
  readonly now: Date;
}

export interface FoundPoint {
  readonly from: string;
  readonly to: string;
  readonly value: string | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly low: string | null;
  readonly high: string | null;
  readonly coverage: string | null;
  readonly samples: string;
  readonly inProgress: boolean;
  readonly reason: string | null;
}

export interface FoundSeries {
  readonly kind: string;
  readonly subject: string;
  /** For people: the network's title, the model and the network. */
  readonly name: string;
  readonly unit: FigureUnit;
  readonly reason: string | null;
  readonly asOfBlock: string | null;
  readonly asOfTime: string | null;
  readonly points: readonly FoundPoint[];
}

type Known = Awaited<ReturnType<typeof askMetric>>;

/**
 * A metric with its figures for the subject that the address names, for every network, else for the network with the most providers.
 * Throws 404 for no such metric.
 */
export async function findSeries(context: AppLoadContext, { id, search, now }: SeriesRequest) {
  const known = await askMetric(context, id);
  const { metric, networks } = known;
  const live = networks.filter(({ recorded }) => !recorded);
  const wanted = search.get('subject');
  const isOfNetworks = metric.subjects.includes('network') && metric.token === null && live.length > 0;
  const isEvery = wanted === EVERY_NETWORK && isOfNetworks;
  const first = (live[0] ?? networks[0])?.id;
  const named = wanted && wanted !== EVERY_NETWORK ? wanted : undefined;
  const place = toPlace(isEvery ? '' : (named ?? first ?? ''), known);
  const isMarket =
    isEvery || (place !== null && metric.subjects.includes(place.kind) && !metric.id.startsWith('score.'));
  const state = readSeriesState(search, { ...metric, addsUp: isMarket, now });
  const subject = isEvery ? EVERY_NETWORK : state.subject === EVERY_NETWORK ? first : (state.subject ?? first);
  const network = networks.find((one) => subject === one.id || subject?.startsWith(`${one.id}:`)) ?? null;
  const found = {
    ...{ metric, network, state: { ...state, subject }, isOfNetworks },
    networks: networks.map(({ id: of, title }) => ({ id: of, title })),
  };
  if (subject === undefined || state.intervals.length === 0)
    return { ...found, series: [], band: null, question: null };
  if (isMarket) {
    const ids = isEvery ? live.map(({ id: of }) => of) : [place?.network ?? ''];
    return { ...found, ...(await askMarket(context, { known, state, networks: ids, place })) };
  }
  return { ...found, ...(await askSubject(context, { known, state, subject })) };
}

async function askMetric(context: AppLoadContext, id: string) {
  const { metric, networks, gpuCatalogue } = await ask(context, metricQuery, { id });
  if (!metric) throw new Response(null, { status: 404 });
  return { metric, networks, models: gpuCatalogue.models };
}

interface Place {
  readonly network: string;
  readonly kind: 'network' | 'hardware' | 'region';
  /** The class or the region. */
  readonly name: string | null;
}

/** What `market` takes for a subject; null where it knows none of the kind. */
function toPlace(subject: string, { networks }: Known): Place | null {
  const network = networks.find(({ id }) => subject === id || subject.startsWith(`${id}:`))?.id;
  if (network === undefined) return null;
  const rest = subject.slice(network.length);
  if (rest === '') return { network, kind: 'network', name: null };
  if (rest.startsWith(':gpu:')) return { network, kind: 'hardware', name: rest.slice(':gpu:'.length) };
  if (rest.startsWith(':region:')) return { network, kind: 'region', name: rest.slice(':region:'.length) };
  return null;
}

interface MarketRequest {
  readonly known: Known;
  readonly state: SeriesState;
  readonly networks: readonly string[];
  readonly place: Place | null;
}

async function askMarket(context: AppLoadContext, { known, state, networks, place }: MarketRequest) {
  const { metric } = known;
  const edges = percentileBands[metric.id];
  const variables = {
    metrics: [metric.id, ...[edges?.low, edges?.high].flatMap((id) => id ?? [])],
    networks: [...networks],
    hardware: place?.kind === 'hardware' ? place.name : null,
    region: place?.kind === 'region' ? place.name : null,
    ...{ interval: state.interval, from: state.from, to: state.to },
  };
  const { market } = await ask(context, metricMarketQuery, variables);
  const own = market.series.filter((one) => one.metric.id === metric.id);
  const series = own.map(({ kind, subject, reason, asOfBlock, asOfTime, network, points }): FoundSeries => {
    const edgeOf = (id: string | null | undefined) =>
      new Map(
        market.series
          .find((one) => one.subject === subject && one.metric.id === id)
          ?.points.map((point) => [point.from, point.value]),
      );
    const [low, high] = [edgeOf(edges?.low), edgeOf(edges?.high)];
    return {
      ...{ kind, subject, reason, asOfBlock, asOfTime },
      ...{ name: toName(subject, known), unit: toUnit(network.id, known) },
      points: edges
        ? points.map((point) => ({ ...point, low: low.get(point.from) ?? null, high: high.get(point.from) ?? null }))
        : points,
    };
  });
  const hasBounds = series.some(({ points }) => points.some(({ low, high }) => low !== null || high !== null));
  const band = hasBounds ? (edges ? ('percentiles' as const) : ('confidence' as const)) : null;
  return { series, band, question: toSource(context, { query: toText(metricMarketQuery), variables }) };
}

/** As the API gives at most, and how many where nobody names a time. */
const MOST = 1_000;
const USUAL = { hour: 48, day: 90 } as const;

/** Of a provider, an operator, a node or a buyer. */
async function askSubject(
  context: AppLoadContext,
  { known, state, subject }: { readonly known: Known; readonly state: SeriesState; readonly subject: string },
) {
  const { interval, isUsual, from, to } = state;
  const grain = interval === 'hour' ? ('hour' as const) : ('day' as const);
  const time = isUsual ? { from: null, to: null, last: USUAL[grain] } : { from, to, last: MOST };
  const variables = { metric: known.metric.id, subject, grain, ...time };
  const { data, source } = await askWithSource(context, metricSeriesQuery, variables);
  const { metricSeries } = data;
  const network = known.networks.find(({ id }) => subject.startsWith(`${id}:`))?.id ?? '';
  const series: readonly FoundSeries[] = metricSeries
    ? [
        {
          ...metricSeries,
          ...{ name: toName(subject, known), unit: toUnit(network, known), reason: null },
          points: metricSeries.points.map((point) => ({ ...point, low: null, high: null, coverage: null })),
        },
      ]
    : [];
  return { series, band: null, question: source };
}

function toUnit(network: string, { metric, networks }: Known): FigureUnit {
  const one = networks.find(({ id }) => id === network);
  const tokens = { work: one?.workToken ?? null, stake: one?.stakeToken ?? null };
  return { unit: metric.unit, token: metric.token ? tokens[metric.token] : null };
}

function toName(subject: string, known: Known): string {
  const place = toPlace(subject, known);
  const title = known.networks.find(({ id }) => id === place?.network)?.title;
  if (!place || title === undefined) return subject;
  if (place.name === null) return title;
  return `${known.models.find(({ id }) => id === place.name)?.name ?? place.name} · ${title}`;
}
