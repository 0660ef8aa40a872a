import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { MetricDefinition } from '../components/MetricDefinition.js';
import { ask } from '../data/ask.js';
import { metricsQuery } from '../data/metricQueries.js';

export const meta: MetaFunction = () => [{ title: 'Metrics · Computescan' }];

export async function loader({ context }: LoaderFunctionArgs) {
  const { metrics } = await ask(context, metricsQuery, {});
  const families = [...new Set(metrics.map(({ id }) => toFamily(id)))];
  return {
    groups: families.map((family) => ({ family, metrics: metrics.filter(({ id }) => toFamily(id) === family) })),
    count: metrics.length,
  };
}

export default function Metrics() {
  const { groups, count } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>Metrics</h1>
          <p className="lead">
            Every figure that is published here, {count} of them: what it tells, how it is made, and from what. Anyone
            can make them again from the chain and the signed heartbeats.
          </p>
        </div>
      </div>
      <nav aria-label="Families">
        <p>
          {groups.map(({ family }) => (
            <span key={family}>
              <a href={`#${family}`}>{toTitle(family)}</a>{' '}
            </span>
          ))}
        </p>
      </nav>
      {groups.map(({ family, metrics }) => (
        <section key={family} aria-labelledby={family}>
          <h2 id={family}>{toTitle(family)}</h2>
          {metrics.map((metric) => (
            <article key={metric.id} className="definition">
              <h3>
                <Link to={`/metrics/${metric.id}`}>{metric.title}</Link> <code>{metric.id}</code>
              </h3>
              <MetricDefinition metric={metric} />
            </article>
          ))}
        </section>
      ))}
    </>
  );
}

function toFamily(id: string): string {
  return id.slice(0, id.indexOf('.'));
}

/** `jobs_day` and `jobs` are one family to a reader. */
function toTitle(family: string): string {
  const name = family.replaceAll('_', ' ');
  return name.charAt(0).toUpperCase() + name.slice(1);
}
