import type { LoaderFunctionArgs } from '@remix-run/node';
import { findPresent } from '../data/findPresent.js';
import { findSeries } from '../data/findSeries.js';
import { toSeriesCsv } from '../toSeriesCsv.js';

/** The figures of a metric's page as a file: whose, by which buckets and since when is said by the same address. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const { metric, series, network, state } = await findSeries(context, {
    id: params.id ?? '',
    search,
    now: await findPresent(context),
  });
  if (series.length === 0) throw new Response(null, { status: 404 });
  const name = `${metric.id}-${state.subject}`.replace(/[^a-z0-9.-]+/gi, '-').slice(0, 120);
  return new Response(toSeriesCsv({ metric, series, notice: network?.notice ?? null }), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
    },
  });
}
