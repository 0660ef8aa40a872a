import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { EmptyState } from '../components/EmptyState.js';
import { FilterForm } from '../components/FilterForm.js';
import { JobTable, jobSortKeys } from '../components/JobTable.js';
import { Link } from '../components/Link.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { Pager } from '../components/Pager.js';
import { toStatusLabel } from '../components/StatusBadge.js';
import { ask } from '../data/ask.js';
import { jobsQuery } from '../data/jobQueries.js';
import { withShortName } from '../data/shorten.js';
import { toClean } from '../format.js';
import { readChoice, readNetwork, readPage, readSorting, splitWindow, toSearch, toWindow } from '../listState.js';

export const handle = { live: true };

export const meta: MetaFunction = () => [
  { title: 'Jobs · Computescan' },
  { name: 'description', content: 'Every paid piece of work: who did it, at what price, and how it ended.' },
];

const statuses = ['open', 'running', 'completed', 'partial', 'failed'] as const;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams;
  const sorting = readSorting(params, jobSortKeys, { key: 'createdAt', direction: 'desc' });
  const page = readPage(params);
  const network = readNetwork(params);
  const status = readChoice(params, 'status', statuses);
  const { networks, jobs } = await ask(context, jobsQuery, {
    ...toWindow(page),
    orderBy: sorting.key,
    orderDirection: sorting.direction,
    where: { ...(network ? { network } : {}), ...(status ? { status } : {}) },
  });
  const rows = jobs.map((job) => ({ ...job, provider: job.provider && withShortName(job.provider) }));
  return { networks, ...splitWindow(rows, page), sorting, page, network, status };
}

export default function Jobs() {
  const { networks, rows, hasNext, sorting, page, network, status } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const only = networks.find((one) => one.id === network);
  const notRecorded = only?.capabilities.find((one) => one.name === 'jobs' && !one.recorded);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>Jobs</h1>
          <p className="lead">Every paid agreement, the tasks it split into and how they ended.</p>
        </div>
        <FilterForm
          action="/jobs"
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
              name: 'status',
              label: 'Status',
              any: 'Any status',
              value: status,
              choices: statuses.map((one) => ({ value: one, label: toStatusLabel(one) })),
            },
          ]}
        />
      </div>
      <NetworkNotice network={only} />
      {rows.length > 0 ? (
        <JobTable
          caption={toCaption(only?.title, status)}
          jobs={rows}
          sorting={sorting}
          toHref={({ key, direction }) => toSearch(params, { sort: key, dir: direction, page: null })}
        />
      ) : network && !only ? (
        <EmptyState title="No such network.">
          <Link to="/jobs">See all jobs</Link>
        </EmptyState>
      ) : notRecorded ? (
        <EmptyState title="Jobs are not recorded by this protocol.">{notRecorded.reason}</EmptyState>
      ) : (
        <EmptyState title={page > 1 ? 'No more jobs.' : 'No jobs here yet.'}>
          {params.size > 0 ? <Link to="/jobs">See all jobs</Link> : 'They appear as their events are read.'}
        </EmptyState>
      )}
      <Pager page={page} rowCount={rows.length} hasNext={hasNext} toHref={(to) => toSearch(params, { page: to })} />
    </>
  );
}

function toCaption(title: string | undefined, status: string | undefined): string {
  const jobs = status ? `Jobs with status “${toStatusLabel(status)}”` : 'Jobs';
  return title ? `${jobs} of ${toClean(title, 60)}` : `${jobs} of all networks`;
}
