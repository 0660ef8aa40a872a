import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { EmptyState } from '../components/EmptyState.js';
import { Link } from '../components/Link.js';
import { SearchResults } from '../components/SearchResults.js';
import { findHits } from '../data/findHits.js';
import { toClean } from '../format.js';
import { Rich, textOf, useText } from '../i18n/useText.js';
import { toKept, withKept } from '../moment.js';
import { readSearch, searchTries } from '../readSearch.js';

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = textOf(matches);
  const title = data?.text ? t('Search for “{text}”', { text: toClean(data.text, 60) }) : t('Search');
  return [
    { title: `${title} · Computescan` },
    {
      name: 'description',
      content: t('Find a provider, a job, a transaction, a block, a machine, a GPU or a metric.'),
    },
    { name: 'robots', content: 'noindex' },
  ];
};

const MAX_HITS = 60;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { text, kind, refusal, count } = readSearch(new URL(request.url).searchParams.get('q') ?? '');
  const hits = text === '' || refusal ? [] : await findHits(context, text, MAX_HITS);
  const exact = hits.filter(({ exactness }) => exactness === 'exact');
  const [only] = exact;
  // A name is not unique: what else begins so is shown too.
  if (only?.path && exact.length === 1 && (kind !== 'name' || hits.length === 1))
    throw redirect(withKept(only.path, toKept(context.search)));
  return { text, kind, refusal, count, hits, hasMore: hits.length === MAX_HITS };
}

export default function Search() {
  const t = useText();
  const { text, kind, refusal, count, hits, hasMore } = useLoaderData<typeof loader>();
  const shown = toClean(text, 80);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{text === '' ? t('Search') : t('Search for “{text}”', { text: shown })}</h1>
          <p className="lead">
            {t(
              'An address or its beginning, a transaction, a job, a block, an event, or a name: the box above takes all of them.',
            )}
          </p>
        </div>
      </div>
      {refusal ? (
        <EmptyState title={t('There can be nothing like this.')}>{t(refusal, { n: count })}</EmptyState>
      ) : hits.length > 0 ? (
        <SearchResults hits={hits} hasMore={hasMore} />
      ) : text === '' ? (
        <EmptyState title={t('Nothing was typed yet.')}>
          <Rich
            text="Press {slash} on any page and type; or see the {providers} and the {jobs}."
            slash={<kbd>/</kbd>}
            providers={<Link to="/providers">{t('providers')}</Link>}
            jobs={<Link to="/jobs">{t('jobs')}</Link>}
          />
        </EmptyState>
      ) : (
        <Nothing tries={searchTries[kind]} />
      )}
    </>
  );
}

function Nothing({ tries }: { readonly tries: readonly string[] }) {
  const t = useText();
  return (
    <section className="empty nothing-found">
      <h2>{t('Nothing was found.')}</h2>
      <p>{t('It was looked for as:')}</p>
      <ul>
        {tries.map((one) => (
          <li key={one}>{t(one)}</li>
        ))}
      </ul>
      <p>
        <Rich
          text="What is not indexed yet cannot be found: {status} says how far each chain is read."
          status={<Link to="/status">{t('status')}</Link>}
        />
      </p>
    </section>
  );
}
