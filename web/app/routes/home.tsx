import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ActivityFigure } from '../components/ActivityFigure.js';
import { EmptyState } from '../components/EmptyState.js';
import { FilterForm } from '../components/FilterForm.js';
import { Link } from '../components/Link.js';
import { NetworkTile } from '../components/NetworkTile.js';
import { ask } from '../data/ask.js';
import { homeQuery } from '../data/networkQueries.js';
import { toClean, toCounted } from '../format.js';
import { readNetwork } from '../listState.js';

export const handle = { live: true };

export const meta: MetaFunction = () => [
  { title: 'Networks · Computescan' },
  {
    name: 'description',
    content:
      'Decentralised compute networks side by side: providers, jobs, stake and payouts, as their chains have them.',
  },
];

const DAYS = 30;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const network = readNetwork(new URL(request.url).searchParams);
  const where = network ? { id: network } : undefined;
  const data = await ask(context, homeQuery, { network, where, days: DAYS });
  return { ...data, network };
}

export default function Home() {
  const { choices, networks, activity, network } = useLoaderData<typeof loader>();
  const [only] = networks;
  const notRecorded = only?.capabilities.find((one) => one.name === 'jobs' && !one.recorded);
  const subject = network && only ? toClean(only.title, 60) : 'All networks';
  return (
    <>
      <div className="page-head">
        <div>
          <h1>Networks</h1>
          <p className="lead">
            Compute networks as their chains have them: who works, what they are paid, what they have at stake.
          </p>
        </div>
        <FilterForm
          action="/"
          kept={{}}
          filters={[
            {
              name: 'network',
              label: 'Network',
              any: 'All networks',
              value: network,
              choices: choices.map((choice) => ({ value: choice.id, label: toClean(choice.title, 60) })),
            },
          ]}
        />
      </div>
      {networks.length === 0 ? (
        <EmptyState title={network ? 'No such network.' : 'No network has been indexed yet.'}>
          {network ? (
            <Link to="/">See all networks</Link>
          ) : (
            'The first blocks are being read; this page fills by itself.'
          )}
        </EmptyState>
      ) : (
        <div className="tiles">
          {networks.map((one) => (
            <NetworkTile key={one.id} network={one} />
          ))}
        </div>
      )}
      {network && !only ? null : (
        <section aria-labelledby="activity">
          <h2 id="activity">Tasks per day, last {toCounted(DAYS, 'day')}</h2>
          {network && notRecorded ? (
            <EmptyState title="Jobs are not recorded by this protocol.">{notRecorded.reason}</EmptyState>
          ) : network && only?.recorded ? (
            <EmptyState title="No days to draw.">
              {subject} was recorded without times: only the order of its events is known.
            </EmptyState>
          ) : (
            <ActivityFigure days={activity} subject={subject} />
          )}
        </section>
      )}
    </>
  );
}
