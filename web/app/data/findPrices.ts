import type { AppLoadContext } from '@remix-run/node';
import { toFigures } from '../charts/toFigure.js';
import { toFiguresPath } from '../figuresFile.js';
import { ask, toSource } from './ask.js';
import { toText } from './graphql.js';
import { askBookQuery, hardwarePricesQuery } from './marketQueries.js';

const metrics = ['price.settledIndex', 'price.bid', 'price.volumeGpuHours'];
/** What is held beside each other over time. */
const compared = ['price.settledIndex', 'price.askSupplyWeighted', 'price.bid'];

export interface PriceQuestion {
  readonly network: string;
  readonly hardware: string | undefined;
  readonly models: readonly { readonly id: string; readonly name: string }[];
}

/** What a page of prices shows besides its tiles: by hardware, the book of asks, and asked beside settled over time. */
export async function findPrices(context: AppLoadContext, { network, hardware, models }: PriceQuestion) {
  const variables = { network, hardware: hardware ?? null };
  const [{ market, compared: lines }, { askBook }] = await Promise.all([
    ask(context, hardwarePricesQuery, { ...variables, metrics, compared }),
    ask(context, askBookQuery, variables),
  ]);
  const classes = [...new Set(market.series.map((series) => series.hardware ?? 'unknown'))];
  const asked = askBook?.byHardware ?? [];
  const others = asked.flatMap((row) => row.hardware ?? 'unknown').filter((id) => !classes.includes(id));
  const figures = toFigures(market.series, { interval: 'day', tokens: { work: null, stake: null } });
  const rows = [...classes, ...others]
    .filter((id) => hardware === undefined || id === hardware)
    .map((id) => {
      const figureOf = (metric: string) =>
        figures[market.series.findIndex((one) => (one.hardware ?? 'unknown') === id && one.metric.id === metric)] ??
        null;
      return {
        ...{ id, name: models.find((model) => model.id === id)?.name ?? id },
        ...{ settled: figureOf('price.settledIndex'), bid: figureOf('price.bid') },
        volume: figureOf('price.volumeGpuHours'),
        asked: asked.find((row) => (row.hardware ?? 'unknown') === id) ?? null,
      };
    })
    .filter(({ settled, bid, volume, asked: now }) => [settled, bid, volume].some((one) => one?.last) || now !== null);
  const onOffer = (row: (typeof rows)[number]) => row.asked?.gpus ?? 0;
  return {
    rows: rows.sort((one, other) => onOffer(other) - onOffer(one)),
    book: askBook,
    lines: lines.series.map(({ metric, points, subject }) => ({ id: metric.id, title: metric.title, subject, points })),
    asked: toSource(
      context,
      { query: toText(askBookQuery), variables },
      { askBook: `/asks.csv?${new URLSearchParams({ network, ...(hardware ? { hardware } : {}) })}` },
    ),
    question: toSource(
      context,
      { query: toText(hardwarePricesQuery), variables: { ...variables, metrics, compared } },
      {
        compared: toFiguresPath({ metrics: compared, networks: [network], hardware }),
        market: toFiguresPath({ metrics, networks: [network], everyHardware: true }),
      },
    ),
  };
}
