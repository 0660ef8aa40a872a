import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Form, useLoaderData, useSearchParams } from '@remix-run/react';
import { CompareAdd } from '../components/CompareAdd.js';
import { MAX_COMPARED } from '../components/CompareBasket.js';
import { CompareTable } from '../components/CompareTable.js';
import { EmptyState } from '../components/EmptyState.js';
import { KeptFields, Link } from '../components/Link.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { findComparison } from '../data/findComparison.js';
import { toClean, toCount } from '../format.js';
import { textOf, useText } from '../i18n/useText.js';
import { toSearch } from '../listState.js';
import { toComparedParts } from '../toCompared.js';

export const handle = { live: true, distinct: ['ids'] };

export const meta: MetaFunction = ({ matches }) => [
  { title: `${textOf(matches)('Compare providers')} · Computescan` },
  {
    name: 'description',
    content: textOf(matches)('Up to four providers side by side, row by row, with the best of each row.'),
  },
];

export async function loader({ context, request }: LoaderFunctionArgs) {
  return findComparison(context, new URL(request.url).searchParams);
}

export default function Compare() {
  const { named, unknown, add, found, comparison, question } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const t = useText();
  const ids = comparison ? comparison.providers.map(({ id }) => id) : named.filter((id) => !unknown.includes(id));
  // Of one alone nothing differs.
  const differencesOnly = ids.length > 1 && params.get('only') === 'differences';
  const toHref = (next: readonly string[], changes: Readonly<Record<string, string | null>> = {}) => {
    const search = new URLSearchParams(params);
    search.delete('ids');
    for (const id of next) search.append('ids', id);
    return toSearch(search, { add: null, ...changes });
  };
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('Compare providers')}</h1>
          <p className="lead">{t('Up to four side by side; the best of a row is marked where a row has a best.')}</p>
        </div>
      </div>
      {named.length > MAX_COMPARED ? (
        <TooMany ids={named} />
      ) : (
        <CompareAdd
          {...{ ids, found, typed: add }}
          toAddHref={(id) => toHref([...ids, id])}
          kept={differencesOnly ? [['only', 'differences']] : []}
        />
      )}
      {unknown.map((id) => (
        <p key={id} className="notice notice-warning">
          {t('Nobody knows a provider {id}: it is left out.', { id: toClean(id, 90) })}
        </p>
      ))}
      {comparison ? (
        <>
          {ids.length > 1 ? (
            <p className="switch-line">
              {t.count(comparison.differing, '{n} figure differs.', '{n} figures differ.')}{' '}
              <Link to={toHref(ids, { only: differencesOnly ? null : 'differences' })} preventScrollReset>
                {differencesOnly ? t('Show all figures') : t('Show differences only')}
              </Link>
            </p>
          ) : null}
          <Parts {...{ comparison, differencesOnly }} toRemoveHref={(id) => toHref(ids.filter((one) => one !== id))} />
        </>
      ) : named.length <= MAX_COMPARED ? (
        <EmptyState title={t('Nobody to compare yet.')}>
          <Link to="/providers">{t('Tick some in the list of providers')}</Link>
        </EmptyState>
      ) : null}
      {question ? <ShowGraphql question={question} /> : null}
    </>
  );
}

type Compared = NonNullable<Awaited<ReturnType<typeof findComparison>>['comparison']>;

interface PartsProps {
  readonly comparison: Compared;
  readonly differencesOnly: boolean;
  readonly toRemoveHref: (id: string) => string;
}

function Parts({ comparison, differencesOnly, toRemoveHref }: PartsProps) {
  const { models, metrics } = useLoaderData<typeof loader>();
  const t = useText();
  const parts = toComparedParts(comparison.rows, { differencesOnly });
  const given = {
    ...{ providers: comparison.providers, toRemoveHref },
    models: new Map(models.map(({ id, name }) => [id, name])),
    metrics: new Map(metrics.map(({ id, token }) => [id, token])),
  };
  if (parts.length === 0) return <EmptyState title={t('They differ in nothing that is known.')} />;
  return parts.map((part) =>
    part.id === 'unknown' ? (
      <details key={part.id} className="events">
        <summary>
          {t('Known of none of them')} ({toCount(part.rows.length)})
        </summary>
        <CompareTable part={part} {...given} />
      </details>
    ) : (
      <section key={part.id}>
        <CompareTable part={part} {...given} />
      </section>
    ),
  );
}

/** More than can stand side by side: whoever came so far chooses out of them, rather than to go back. */
function TooMany({ ids }: { readonly ids: readonly string[] }) {
  const t = useText();
  return (
    <Form method="get" action="/compare" className="too-many">
      <KeptFields />
      <p className="notice notice-warning" role="alert">
        {t('You ticked {n}, and four at most can stand side by side: keep up to four.', { n: toCount(ids.length) })}
      </p>
      <fieldset>
        <legend className="visually-hidden">{t('Providers to keep')}</legend>
        {ids.map((id, place) => (
          <label key={id} className="tick">
            <input type="checkbox" name="ids" value={id} defaultChecked={place < MAX_COMPARED} />
            {toClean(id, 90)}
          </label>
        ))}
      </fieldset>
      <KeptFields />
      <button type="submit">{t('Compare')}</button>
    </Form>
  );
}
