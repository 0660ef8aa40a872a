import type { LoaderFunctionArgs } from '@remix-run/node';
import { findSeries } from '../data/findSeries.js';
import { toSeriesCsv } from '../toSeriesCsv.js';

/** The figures of a metric's page, up to a thousand of them, as a file. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const found = await findSeries(context, {
    id: params.id ?? '',
    search: new URL(request.url).searchParams,
    last: MOST,
  });
  if (!found.series) throw new Response(null, { status: 404 });
  const { metric, series, network } = found;
  const name = `${metric.id}-${series.subject}`.replace(/[^a-z0-9.-]+/gi, '-').slice(0, 120);
  return new Response(toSeriesCsv({ metric, series, notice: network?.notice ?? null }), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
    },
  });
}

/** As the API gives at most. */
const MOST = 1_000;
