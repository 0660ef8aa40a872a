import type { AppLoadContext } from '@remix-run/node';
import { parseId } from '../listState.js';
import { ask } from './ask.js';
import { metricQuery, metricSeriesQuery } from './metricQueries.js';

export interface SeriesRequest {
  /** Of the metric. */
  readonly id: string;
  readonly search: URLSearchParams;
  /** How many of its figures at most. */
  readonly last: number;
}

/** A metric with its figures for the subject that the address names, else for the first network. Throws 404 for no such metric. */
export async function findSeries(context: AppLoadContext, { id, search, last }: SeriesRequest) {
  const { metric, networks } = await ask(context, metricQuery, { id });
  if (!metric) throw new Response(null, { status: 404 });
  const subject = parseId(search.get('subject')) ?? networks[0]?.id;
  const grain = metric.grains.includes('day') ? ('day' as const) : ('hour' as const);
  const hasSeries = subject !== undefined && metric.grains.includes(grain);
  const { metricSeries } = hasSeries
    ? await ask(context, metricSeriesQuery, { metric: metric.id, subject, grain, last })
    : { metricSeries: null };
  const network = networks.find((one) => subject === one.id || subject?.startsWith(`${one.id}:`)) ?? null;
  return { metric, networks, subject, network, grain, series: metricSeries };
}
