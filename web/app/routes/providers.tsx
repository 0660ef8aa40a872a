import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { lazy, Suspense } from 'react';
import { readColumns } from '../columnState.js';
import { ColumnChooser } from '../components/ColumnChooser.js';
import { CompareBasket } from '../components/CompareBasket.js';
import { EmptyState } from '../components/EmptyState.js';
import { FilterForm } from '../components/FilterForm.js';
import { Link } from '../components/Link.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { Pager } from '../components/Pager.js';
import { ProviderTable, providerColumns } from '../components/ProviderTable.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { WorkloadForm } from '../components/WorkloadForm.js';
import { findProviders } from '../data/findProviders.js';
import { findRanking } from '../data/findRanking.js';
import { toClean } from '../format.js';
import { textOf, useText } from '../i18n/useText.js';
import { toSearch } from '../listState.js';
import { isWorkload } from '../readWorkload.js';

/** Who only looks at the list does without what takes over a ranking; the server writes both. */
const RankingAnswer = lazy(async () => ({ default: (await import('../components/RankingAnswer.js')).RankingAnswer }));

export const handle = { live: true, distinct: ['network', 'gpu', 'page'] };

export const meta: MetaFunction = ({ matches }) => [
  { title: `${textOf(matches)('Providers')} · Computescan` },
  {
    name: 'description',
    content: textOf(matches)(
      'Which provider should run a workload, and what it will really cost: price, success, uptime, each with its evidence.',
    ),
  },
];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams;
  return isWorkload(params)
    ? { list: null, ...(await findRanking(context, params)) }
    : { ranking: null, ...(await findProviders(context, params)) };
}

export default function Providers() {
  const data = useLoaderData<typeof loader>();
  const { networks, models, regions, network, read, list, ranking, question } = data;
  const [params] = useSearchParams();
  const t = useText();
  const only = networks.find((one) => one.id === network);
  const kept = params.getAll('columns').map((columns) => ['columns', columns] as const);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('Providers')}</h1>
          <p className="lead">{t('Which provider should run a workload, and what will it really cost?')}</p>
        </div>
      </div>
      <WorkloadForm {...{ read, models, networks, regions, network, kept }} />
      <NetworkNotice network={only} />
      {network && !only ? (
        <EmptyState title={t('No such network.')}>
          <Link to="/providers">{t('See all providers')}</Link>
        </EmptyState>
      ) : ranking ? (
        <Suspense>
          <RankingAnswer {...{ ranking, networks, models, params }} />
        </Suspense>
      ) : list ? (
        <List list={list} />
      ) : (
        <EmptyState title={t('Nothing was ranked.')}>{t('See what is wrong in the form above.')}</EmptyState>
      )}
      {question ? <ShowGraphql question={question} files={['providers']} /> : null}
    </>
  );
}

type ListData = NonNullable<Awaited<ReturnType<typeof findProviders>>['list']>;

function List({ list: { rows, hasNext, page, sorting, gpu, isMixed } }: { readonly list: ListData }) {
  const { networks, models, network } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const t = useText();
  const only = networks.find((one) => one.id === network);
  const shown = readColumns(
    params,
    providerColumns.map(({ id }) => id),
  );
  return (
    <section aria-labelledby="list">
      <div className="section-head">
        <div>
          <h2 id="list">{t('All providers')}</h2>
          <p className="muted">{t('Unknown values come last in either order.')}</p>
        </div>
        <FilterForm
          action="/providers"
          kept={{ sort: sorting.key, dir: sorting.direction, columns: params.getAll('columns').join() }}
          filters={[
            {
              ...{ name: 'network', label: t('Network'), any: t('All networks'), value: network },
              choices: networks.map((one) => ({ value: one.id, label: toClean(one.title, 60) })),
            },
            {
              ...{ name: 'gpu', label: t('Claimed GPU'), any: t('Any or none'), value: gpu },
              choices: models.map(({ id, name }) => ({ value: id, label: name })),
            },
          ]}
        />
        <ColumnChooser action="/providers" columns={providerColumns} shown={shown} params={params} />
      </div>
      {isMixed ? (
        <p className="notice">{t('Networks pay in different tokens: choose one to compare amounts that compare.')}</p>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState title={page > 1 ? t('No more providers.') : t('No providers here yet.')}>
          {page > 1 || network || gpu ? (
            <Link to="/providers">{t('See all providers')}</Link>
          ) : (
            t('They appear as their events are read.')
          )}
        </EmptyState>
      ) : (
        <>
          <ProviderTable
            caption={
              only ? t('Providers of {network}', { network: toClean(only.title, 60) }) : t('Providers of all networks')
            }
            {...{ providers: rows, networks, shown, sorting }}
            toHref={({ key, direction }) => toSearch(params, { sort: key, dir: direction, page: null })}
          />
          <CompareBasket />
        </>
      )}
      <Pager page={page} rowCount={rows.length} hasNext={hasNext} toHref={(to) => toSearch(params, { page: to })} />
    </section>
  );
}
