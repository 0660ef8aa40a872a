import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { EmptyState } from '../components/EmptyState.js';
import { Link } from '../components/Link.js';
import { textOf, useText } from '../i18n/useText.js';
import { toDocGroups } from '../toDocGroups.js';

export const meta: MetaFunction = ({ matches }) => {
  const t = textOf(matches);
  return [
    { title: `${t('Docs')} · Computescan` },
    {
      name: 'description',
      content: t('How the data is asked for, how scores are made, how to be listed and how to run it.'),
    },
  ];
};

export function loader({ context }: LoaderFunctionArgs) {
  return { groups: toDocGroups(context.docs.entries) };
}

export default function Docs() {
  const t = useText();
  const { groups } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('Docs')}</h1>
          <p className="lead">
            {t('How the data is asked for, how scores are made, how to be listed and how to run it.')}
          </p>
          {t.language === 'en' ? null : <p className="muted">{t('The documents are in English.')}</p>}
        </div>
      </div>
      <ul className="topics">
        <li>
          <Link to="/metrics">{t('Definitions of all metrics')}</Link>
        </li>
        <li>
          <a href="/playground">{t('GraphQL playground, with examples to run')}</a>
        </li>
      </ul>
      {groups.length === 0 ? (
        <EmptyState title={t('There are no documents here.')}>
          {t('This server was set up without them; they are in the folder docs of the source.')}
        </EmptyState>
      ) : (
        groups.map(({ id, title, docs }) => (
          <section key={id} aria-labelledby={id}>
            <h2 id={id}>{t(title)}</h2>
            <ul className="doc-list" lang="en">
              {docs.map((doc) => (
                <li key={doc.slug}>
                  <Link to={`/docs/${doc.slug}`}>{doc.title}</Link>
                  <p className="muted">{doc.summary}</p>
                </li>
              ))}
            </ul>
          </section>
        ))
      )}
    </>
  );
}
