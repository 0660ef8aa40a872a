import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { ActivityFigure } from '../components/ActivityFigure.js';
import { EmptyState } from '../components/EmptyState.js';
import { FilterForm } from '../components/FilterForm.js';
import { NetworkTile } from '../components/NetworkTile.js';
import { ask } from '../data/ask.js';
import { homeQuery } from '../data/networkQueries.js';
import { toClean } from '../format.js';
import { parseId } from '../listState.js';

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
  const network = parseId(new URL(request.url).searchParams.get('network'));
  const where = network ? { id: network } : undefined;
  const data = await ask(context, homeQuery, { network, where, days: DAYS });
  return { ...data, network };
}

export default function Home() {
  const { choices, networks, activity, network } = useLoaderData<typeof loader>();
  const [only] = networks;
  const subject = network && only ? toClean(only.title, 60) : 'All networks';
  return (
    <>
      <div className="page-head">
        <div>
          <h1>Networks</h1>
          <p className="lead">Compute networks as their chains have them: who works, what was paid, what was kept.</p>
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
      <section aria-labelledby="activity">
        <h2 id="activity">Tasks per day, last {DAYS} days</h2>
        {network && only?.recorded ? (
          <EmptyState title="No days to draw.">
            {subject} was recorded without times: only the order of its events is known.
          </EmptyState>
        ) : (
          <ActivityFigure days={activity} subject={subject} />
        )}
      </section>
    </>
  );
}
