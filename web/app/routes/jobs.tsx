import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { EmptyState } from '../components/EmptyState.js';
import { FilterForm } from '../components/FilterForm.js';
import { jobSortKeys } from '../components/JobTable.js';
import { Link } from '../components/Link.js';
import { LiveMark } from '../components/LiveMark.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { Pager } from '../components/Pager.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { toStatusLabel } from '../components/StatusBadge.js';
import { askWithSource } from '../data/ask.js';
import { jobsQuery } from '../data/jobQueries.js';
import { toJobStream } from '../data/liveQueries.js';
import { withShortName } from '../data/shorten.js';
import { toClean } from '../format.js';
import { textOf, useText } from '../i18n/useText.js';
import { later, Part } from '../later.js';
import { readChoice, readNetwork, readPage, readSorting, splitWindow, toSearch, toWindow } from '../listState.js';
import { useStream } from '../useStream.js';

/** Not needed to paint what the server wrote. */
const jobTable = later(async () => (await import('../components/JobTable.js')).JobTable);

export const handle = { live: true, distinct: ['network', 'status', 'page'] };

export const meta: MetaFunction = ({ matches }) => {
  const t = textOf(matches);
  return [
    { title: `${t('Jobs')} · Computescan` },
    { name: 'description', content: t('Every paid piece of work: who did it, at what price, and how it ended.') },
  ];
};

const statuses = ['open', 'running', 'completed', 'partial', 'failed'] as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams;
  const sorting = readSorting(params, jobSortKeys, { key: 'createdAt', direction: 'desc' });
  const page = readPage(params);
  const network = readNetwork(params);
  const status = readChoice(params, 'status', statuses);
  const { data, source } = await askWithSource(context, jobsQuery, {
    ...toWindow(page),
    orderBy: sorting.key,
    orderDirection: sorting.direction,
    where: { ...(network ? { network } : {}), ...(status ? { status } : {}) },
  });
  const { networks, jobs } = data;
  const rows = jobs.map((job) => ({ ...job, provider: job.provider && withShortName(job.provider) }));
  const stream = toJobStream(context, { network });
  return { networks, ...splitWindow(rows, page), sorting, page, network, status, stream, source };
}

export default function Jobs() {
  const t = useText();
  const { networks, rows, hasNext, sorting, page, network, status, stream, source } = useLoaderData<typeof loader>();
  const state = useStream(stream);
  const [params] = useSearchParams();
  const only = networks.find((one) => one.id === network);
  const notRecorded = only?.capabilities.find((one) => one.name === 'jobs' && !one.recorded);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('Jobs')}</h1>
          <p className="lead">{t('Every paid agreement, the tasks it split into and how they ended.')}</p>
          <LiveMark state={state} />
        </div>
        <FilterForm
          action="/jobs"
          kept={{ sort: sorting.key, dir: sorting.direction }}
          filters={[
            {
              name: 'network',
              label: t('Network'),
              any: t('All networks'),
              value: network,
              choices: networks.map((one) => ({ value: one.id, label: toClean(one.title, 60) })),
            },
            {
              name: 'status',
              label: t('Status'),
              any: t('Any status'),
              value: status,
              choices: statuses.map((one) => ({ value: one, label: t(toStatusLabel(one)) })),
            },
          ]}
        />
      </div>
      <NetworkNotice network={only} />
      {rows.length > 0 ? (
        <Part
          of={jobTable}
          with={{
            ...{ network: only?.title, status, jobs: rows, sorting },
            toHref: ({ key, direction }) => toSearch(params, { sort: key, dir: direction, page: null }),
          }}
        />
      ) : network && !only ? (
        <EmptyState title={t('No such network.')}>
          <Link to="/jobs">{t('See all jobs')}</Link>
        </EmptyState>
      ) : notRecorded ? (
        <EmptyState title={t('Jobs are not recorded by this protocol.')}>{notRecorded.reason}</EmptyState>
      ) : (
        <EmptyState title={page > 1 ? t('No more jobs.') : t('No jobs here yet.')}>
          {params.size > 0 ? <Link to="/jobs">{t('See all jobs')}</Link> : t('They appear as their events are read.')}
        </EmptyState>
      )}
      <Pager page={page} rowCount={rows.length} hasNext={hasNext} toHref={(to) => toSearch(params, { page: to })} />
      <ShowGraphql question={source} files={['jobs']} />
    </>
  );
}
