import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Link } from '../components/Link.js';
import { MetricDefinition } from '../components/MetricDefinition.js';
import { ask } from '../data/ask.js';
import { metricsQuery } from '../data/metricQueries.js';

export const meta: MetaFunction = () => [{ title: 'Metrics · Computescan' }];

/** What people look for, in the order in which they read, and whose figures are in it by the first half of their ids. */
const topics = [
  { id: 'reputation', title: 'Reputation', lead: 'Whom to rely on, and why.', families: ['score'] },
  {
    ...{ id: 'reliability', title: 'Reliability', families: ['reliability'] },
    lead: 'Whether machines are up, by their signed heartbeats.',
  },
  {
    ...{ id: 'jobs', title: 'Jobs', families: ['jobs', 'survival'] },
    lead: 'What becomes of work that is asked for, and how long it takes.',
  },
  { id: 'prices', title: 'Prices', lead: 'What compute is asked, bid and paid.', families: ['price'] },
  { id: 'supply', title: 'Supply', lead: 'Which machines there are, and how many are at work.', families: ['supply'] },
  {
    ...{ id: 'economy', title: 'Economy', families: ['economy'] },
    lead: 'Where the money comes from, where it goes, and in how many hands it is.',
  },
  {
    ...{ id: 'market', title: 'How the market works', families: ['mechanisms'] },
    lead: 'Checks, disputes, punishments, and what could fail at once.',
  },
] as const;

export async function loader({ context }: LoaderFunctionArgs) {
  const { metrics } = await ask(context, metricsQuery, {});
  const named = topics.map(({ families, ...topic }) => ({
    ...topic,
    metrics: metrics.filter(({ id }) => (families as readonly string[]).includes(toFamily(id))),
  }));
  // A family that nobody has placed yet is a topic by its own name.
  const placed: readonly string[] = topics.flatMap(({ families }) => families);
  const others = [...new Set(metrics.map(({ id }) => toFamily(id)))].filter((family) => !placed.includes(family));
  const rest = others.map((family) => ({
    ...{ id: family, title: toTitle(family), lead: '' },
    metrics: metrics.filter(({ id }) => toFamily(id) === family),
  }));
  return { groups: [...named, ...rest].filter((group) => group.metrics.length > 0), count: metrics.length };
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
      <nav aria-label="Topics">
        <ul className="topics">
          {groups.map(({ id, title, metrics }) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a> <span className="age">{metrics.length}</span>
            </li>
          ))}
        </ul>
      </nav>
      {groups.map(({ id, title, lead, metrics }) => (
        <section key={id} aria-labelledby={id}>
          <h2 id={id}>{title}</h2>
          {lead ? <p className="muted">{lead}</p> : null}
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

function toTitle(family: string): string {
  const name = family.replaceAll('_', ' ');
  return name.charAt(0).toUpperCase() + name.slice(1);
}
