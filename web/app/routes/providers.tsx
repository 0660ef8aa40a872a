import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useSearchParams } from '@remix-run/react';
import { EmptyState } from '../components/EmptyState.js';
import { Link } from '../components/Link.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { WorkloadForm } from '../components/WorkloadForm.js';
import { findProviders } from '../data/findProviders.js';
import { findRanking } from '../data/findRanking.js';
import { pack, usePacked } from '../data/packed.js';
import { textOf, useText } from '../i18n/useText.js';
import { later, Part } from '../later.js';
import { isWorkload } from '../readWorkload.js';

/** Neither is needed to paint what the server wrote, and a page has one of them. */
const providerList = later(async () => (await import('../components/ProviderList.js')).ProviderList);
const rankingAnswer = later(async () => (await import('../components/RankingAnswer.js')).RankingAnswer);

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
  return pack(
    isWorkload(params)
      ? { list: null, ...(await findRanking(context, params)) }
      : { ranking: null, ...(await findProviders(context, params)) },
  );
}

export default function Providers() {
  const { networks, models, regions, network, read, list, ranking, question } = usePacked<typeof loader>();
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
        <Part key="ranking" of={rankingAnswer} with={{ ranking, networks, models, params }} />
      ) : list ? (
        <Part key="list" of={providerList} with={{ list, networks, models, network, params }} />
      ) : (
        <EmptyState title={t('Nothing was ranked.')}>{t('See what is wrong in the form above.')}</EmptyState>
      )}
      {question ? <ShowGraphql question={question} files={['providers']} /> : null}
    </>
  );
}
