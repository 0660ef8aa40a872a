import { readColumns } from '../columnState.js';
import { toClean } from '../format.js';
import { useText } from '../i18n/useText.js';
import { type Sorting, toSearch } from '../listState.js';
import { ColumnChooser } from './ColumnChooser.js';
import { CompareBasket } from './CompareBasket.js';
import { EmptyState } from './EmptyState.js';
import { FilterForm } from './FilterForm.js';
import { Link } from './Link.js';
import { Pager } from './Pager.js';
import { type ListedProvider, type ListNetwork, ProviderTable, providerColumns } from './ProviderTable.js';

export interface ProviderListProps {
  readonly list: {
    readonly rows: readonly ListedProvider[];
    readonly hasNext: boolean;
    readonly page: number;
    readonly sorting: Sorting<string>;
    readonly gpu?: string | undefined;
    /** Of networks that pay in different tokens. */
    readonly isMixed: boolean;
  };
  readonly networks: readonly ListNetwork[];
  readonly models: readonly { readonly id: string; readonly name: string }[];
  readonly network?: string | undefined;
  readonly params: URLSearchParams;
}

/** All providers, in an order and by filters that the address has. */
export function ProviderList({ list, networks, models, network, params }: ProviderListProps) {
  const { rows, hasNext, page, sorting, gpu, isMixed } = list;
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
