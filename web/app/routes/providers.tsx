import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { EmptyState } from '../components/EmptyState.js';
import { FilterForm } from '../components/FilterForm.js';
import { Link } from '../components/Link.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { Pager } from '../components/Pager.js';
import { ProviderTable, providerSortKeys } from '../components/ProviderTable.js';
import { ask } from '../data/ask.js';
import { providersQuery } from '../data/providerQueries.js';
import { withShortName } from '../data/shorten.js';
import { toClean } from '../format.js';
import { parseId, readNetwork, readPage, readSorting, splitWindow, toSearch, toWindow } from '../listState.js';

export const handle = { live: true };

export const meta: MetaFunction = () => [
  { title: 'Providers · Computescan' },
  {
    name: 'description',
    content: 'Who sells compute: agreed price, tasks completed of those that ended, stake, paid.',
  },
];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams;
  const sorting = readSorting(params, providerSortKeys, { key: 'jobs', direction: 'desc' });
  const page = readPage(params);
  const network = readNetwork(params);
  const gpu = parseId(params.get('gpu'))?.toLowerCase();
  const { networks, gpuCatalogue, providers } = await ask(context, providersQuery, {
    ...toWindow(page),
    orderBy: sorting.key,
    orderDirection: sorting.direction,
    where: { ...(network ? { network } : {}), ...(gpu ? { gpu } : {}) },
  });
  return {
    networks,
    gpus: gpuCatalogue.models,
    gpu,
    ...splitWindow(providers.map(withShortName), page),
    sorting,
    page,
    network,
  };
}

/** Keys whose values are in a network's own token: comparable inside one network only. */
const TOKEN_KEYS: readonly string[] = ['latestPrice', 'stake', 'paid'];

export default function Providers() {
  const { networks, gpus, gpu, rows, hasNext, sorting, page, network } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const only = networks.find((one) => one.id === network);
  const mixed = !network && networks.length > 1 && TOKEN_KEYS.includes(sorting.key);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>Providers</h1>
          <p className="lead">Who sells compute, and how it went. Unknown values come last in either order.</p>
        </div>
        <FilterForm
          action="/providers"
          kept={{ sort: sorting.key, dir: sorting.direction }}
          filters={[
            {
              name: 'network',
              label: 'Network',
              any: 'All networks',
              value: network,
              choices: networks.map((one) => ({ value: one.id, label: toClean(one.title, 60) })),
            },
            {
              name: 'gpu',
              label: 'Claimed GPU',
              any: 'Any or none',
              value: gpu,
              choices: gpus.map(({ id, name }) => ({ value: id, label: name })),
            },
          ]}
        />
      </div>
      <NetworkNotice network={only} />
      {mixed ? (
        <p className="notice">Networks pay in different tokens: choose one to compare amounts that compare.</p>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState
          title={network && !only ? 'No such network.' : page > 1 ? 'No more providers.' : 'No providers here yet.'}
        >
          {page > 1 || network || gpu ? (
            <Link to="/providers">See all providers</Link>
          ) : (
            'They appear as their events are read.'
          )}
        </EmptyState>
      ) : (
        <ProviderTable
          caption={only ? `Providers of ${toClean(only.title, 60)}` : 'Providers of all networks'}
          providers={rows}
          networks={networks}
          sorting={sorting}
          toHref={({ key, direction }) => toSearch(params, { sort: key, dir: direction, page: null })}
        />
      )}
      <Pager page={page} rowCount={rows.length} hasNext={hasNext} toHref={(to) => toSearch(params, { page: to })} />
    </>
  );
}
