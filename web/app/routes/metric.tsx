import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { EmptyState } from '../components/EmptyState.js';
import { MetricDefinition } from '../components/MetricDefinition.js';
import { MetricTable } from '../components/MetricTable.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { ask } from '../data/ask.js';
import { metricQuery, metricSeriesQuery } from '../data/metricQueries.js';
import { toClean, toUtcMinute } from '../format.js';
import { parseId } from '../listState.js';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.metric.title} · Computescan` : 'Not found · Computescan' },
];

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const { metric, networks } = await ask(context, metricQuery, { id: params.id ?? '' });
  if (!metric) throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams;
  const subject = parseId(asked.get('subject')) ?? networks[0]?.id;
  const grain = metric.grains.includes('day') ? ('day' as const) : ('hour' as const);
  const hasSeries = subject !== undefined && metric.grains.includes(grain);
  const { metricSeries } = hasSeries
    ? await ask(context, metricSeriesQuery, { metric: metric.id, subject, grain, last: LAST })
    : { metricSeries: null };
  const network = networks.find(({ id }) => subject === id || subject?.startsWith(`${id}:`)) ?? null;
  return { metric, networks, subject, network, grain, series: metricSeries };
}

const LAST = 90;

export default function Metric() {
  const { metric, networks, subject, network, grain, series } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            <Link to="/metrics">Metrics</Link> <code>{metric.id}</code>
          </p>
          <h1>{metric.title}</h1>
        </div>
      </div>
      <MetricDefinition metric={metric} />
      <section aria-labelledby="figures">
        <h2 id="figures">Figures</h2>
        <p>
          {networks.map(({ id, title }) => (
            <span key={id}>
              <Link to={`?subject=${encodeURIComponent(id)}`} aria-current={subject === id ? 'page' : undefined}>
                {toClean(title, 60)}
              </Link>{' '}
            </span>
          ))}
        </p>
        {network ? <NetworkNotice network={network} /> : null}
        {series && series.points.length > 0 ? (
          <>
            <MetricTable
              points={series.points}
              caption={`${metric.title} of ${toClean(series.subject, 120)}, newest first`}
              isRatio={metric.value === 'ratio'}
              grain={grain}
            />
            {series.asOfTime ? (
              <p className="muted">
                As of block {series.asOfBlock}, {toUtcMinute(series.asOfTime)} UTC.
              </p>
            ) : null}
          </>
        ) : (
          <EmptyState title="No figures.">
            There is no evidence for this subject, or the network does not record what it takes.
          </EmptyState>
        )}
      </section>
    </>
  );
}
