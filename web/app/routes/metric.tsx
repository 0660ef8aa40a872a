import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { EmptyState } from '../components/EmptyState.js';
import { Link } from '../components/Link.js';
import { MetricDefinition } from '../components/MetricDefinition.js';
import { MetricTable } from '../components/MetricTable.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { findSeries } from '../data/findSeries.js';
import { toClean, toUtcMinute } from '../format.js';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.metric.title} · Computescan` : 'Not found · Computescan' },
];

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  return findSeries(context, { id: params.id ?? '', search: new URL(request.url).searchParams, last: LAST });
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
            <p>
              <a href={`/metrics/${metric.id}/series.csv?subject=${encodeURIComponent(series.subject)}`} download>
                Download as CSV
              </a>{' '}
              <span className="age">up to 1,000 figures, with the definition</span>
            </p>
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
