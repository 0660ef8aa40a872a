import type { LoaderFunctionArgs } from '@remix-run/node';
import { findPresent } from '../data/findPresent.js';
import { findSeries } from '../data/findSeries.js';
import { toCsvResponse } from '../toCsvResponse.js';
import { toSeriesCsv } from '../toSeriesCsv.js';

/** The figures of a metric's page as a file: whose, by which buckets and since when is said by the same address. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const now = await findPresent(context);
  const { metric, series, network, state } = await findSeries(context, { id: params.id ?? '', search, now });
  if (series.length === 0) throw new Response(null, { status: 404 });
  const notice = network?.notice ?? null;
  return toCsvResponse(`${metric.id}-${state.subject}`, toSeriesCsv(series.map((one) => ({ ...one, metric, notice }))));
}
