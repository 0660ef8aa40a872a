import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Link } from '../components/Link.js';
import { MetricDefinition } from '../components/MetricDefinition.js';
import { ask } from '../data/ask.js';
import { metricsQuery } from '../data/metricQueries.js';
import { key } from '../i18n/text.js';
import { textOf, useText } from '../i18n/useText.js';

export const meta: MetaFunction = ({ matches }) => [
  { title: `${textOf(matches)('Metrics')} · Computescan` },
  {
    name: 'description',
    content: textOf(matches)('Every figure that is published, with its definition, formula and sources.'),
  },
];

/** What people look for, in the order in which they read, and whose figures are in it by the first half of their ids. */
const topics = [
  { id: 'reputation', title: key('Reputation'), lead: key('Whom to rely on, and why.'), families: ['score'] },
  {
    ...{ id: 'reliability', title: key('Reliability'), families: ['reliability'] },
    lead: key('Whether machines are up, by their signed heartbeats.'),
  },
  {
    ...{ id: 'jobs', title: key('Jobs'), families: ['jobs', 'survival'] },
    lead: key('What becomes of work that is asked for, and how long it takes.'),
  },
  { id: 'prices', title: key('Prices'), lead: key('What compute is asked, bid and paid.'), families: ['price'] },
  {
    id: 'supply',
    title: key('Supply'),
    lead: key('Which machines there are, and how many are at work.'),
    families: ['supply'],
  },
  {
    ...{ id: 'economy', title: key('Economy'), families: ['economy'] },
    lead: key('Where the money comes from, where it goes, and in how many hands it is.'),
  },
  {
    ...{ id: 'market', title: key('How the market works'), families: ['mechanisms'] },
    lead: key('Checks, disputes, punishments, and what could fail at once.'),
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
  const t = useText();
  const { groups, count } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('Metrics')}</h1>
          <p className="lead">
            {t(
              'Every figure that is published here, {count} of them: what it tells, how it is made, and from what. Anyone can make them again from the chain and the signed heartbeats.',
              { count },
            )}
          </p>
        </div>
      </div>
      <nav aria-label={t('Topics')}>
        <ul className="topics">
          {groups.map(({ id, title, metrics }) => (
            <li key={id}>
              <a href={`#${id}`}>{t(title)}</a> <span className="age">{metrics.length}</span>
            </li>
          ))}
        </ul>
      </nav>
      {groups.map(({ id, title, lead, metrics }) => (
        <section key={id} aria-labelledby={id}>
          <h2 id={id}>{t(title)}</h2>
          {lead ? <p className="muted">{t(lead)}</p> : null}
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
