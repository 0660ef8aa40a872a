import { json, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { EmptyState } from '../components/EmptyState.js';
import { NamedProviderTable } from '../components/NamedProviderTable.js';
import { OperatorForm } from '../components/OperatorForm.js';
import { OperatorOverview } from '../components/OperatorOverview.js';
import { OperatorProvider } from '../components/OperatorProvider.js';
import { Pager } from '../components/Pager.js';
import { WholeId } from '../components/ShortId.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { findByName, findOperator, isAddress } from '../data/findOperator.js';
import { toClean, toShort } from '../format.js';
import { textOf, useText } from '../i18n/useText.js';
import { parseId, readPage, toSearch } from '../listState.js';
import { toKept, withKept } from '../moment.js';

export const handle = { live: true, distinct: ['page'] };

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = textOf(matches);
  return [
    { title: `${data ? t('Operator {name}', { name: data.title }) : t('Not found')} · Computescan` },
    {
      name: 'description',
      content: t(
        'All that an operator runs: reputation, what lowered it, what would raise it, earnings and maintenance.',
      ),
    },
  ];
};

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const asked = parseId(params.address);
  if (!asked) throw new Response(null, { status: 404 });
  if (isAddress(asked)) {
    const page = readPage(new URL(request.url).searchParams);
    const found = await findOperator(context, asked, page);
    const status = found.providers.length > 0 || page > 1 ? 200 : 404;
    return json({ kind: 'address' as const, asked, title: toShort(asked), ...found }, { status });
  }
  const named = await findByName(context, asked);
  const accounts = new Set(named.map(({ account }) => account));
  const [account] = accounts;
  // A name is nobody's for sure: where several bear it, whoever asks chooses.
  if (accounts.size === 1 && account)
    throw redirect(withKept(`/operators/${account}`, toKept(new URL(request.url).search)));
  const found = { kind: 'name' as const, asked: toClean(asked, 80), title: toClean(asked, 60), named };
  return json(found, { status: named.length > 0 ? 200 : 404 });
}

export default function Operator() {
  const data = useLoaderData<typeof loader>();
  const t = useText();
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">{t('Operator')}</p>
          <h1>{data.title}</h1>
          {data.kind === 'address' ? (
            <p>
              <WholeId id={data.asked} />
            </p>
          ) : null}
        </div>
      </div>
      {data.kind === 'name' ? <ByName named={data.named} /> : <ByAddress {...data} />}
      <OperatorForm />
    </>
  );
}

function ByName({ named }: { readonly named: Awaited<ReturnType<typeof findByName>> }) {
  const t = useText();
  return named.length > 0 ? (
    <NamedProviderTable named={named} />
  ) : (
    <EmptyState title={t('No provider of that name.')}>
      {t('Names are those that providers gave themselves on a chain, in full. An address finds all that it owns.')}
    </EmptyState>
  );
}

type Found = Awaited<ReturnType<typeof findOperator>>;

function ByAddress({ providers, page, pageSize, ownCount, hasMore, source }: Found) {
  const t = useText();
  const [params] = useSearchParams();
  const pager = (
    <Pager
      {...{ page, hasNext: hasMore, rowCount: ownCount, pageSize }}
      toHref={(to) => toSearch(params, { page: to })}
    />
  );
  if (providers.length === 0 && page > 1) {
    return (
      <>
        <EmptyState title={t('No more providers.')} />
        {pager}
      </>
    );
  }
  if (providers.length === 0) {
    return (
      <EmptyState title={t('This address owns no provider.')}>
        {t('None of the networks here names it as a provider or as the owner of one. It may not be indexed yet.')}
      </EmptyState>
    );
  }
  return (
    <>
      <OperatorOverview providers={providers} isWhole={page === 1 && !hasMore} />
      {pager}
      {providers.map((provider) => (
        <OperatorProvider key={provider.id} provider={provider} />
      ))}
      <ShowGraphql question={source} />
    </>
  );
}
