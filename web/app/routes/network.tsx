import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Link } from '../components/Link.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { NetworkReliability } from '../components/NetworkReliability.js';
import { RecordedBadge } from '../components/RecordedBadge.js';
import { ask } from '../data/ask.js';
import { networkReliabilityQuery } from '../data/reliabilityQueries.js';
import { withShortName } from '../data/shorten.js';
import { toClean } from '../format.js';
import { parseId } from '../listState.js';

export const handle = { live: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Reliability of ${toClean(data.network.title, 60)} · Computescan` : 'Not found · Computescan' },
];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  const { network, heartbeatStatus } = id
    ? await ask(context, networkReliabilityQuery, { id })
    : { network: null, heartbeatStatus: null };
  if (!network || !heartbeatStatus) throw new Response(null, { status: 404 });
  const mostReliableNodes = network.mostReliableNodes.map(({ provider, ...node }) => ({
    ...node,
    provider: provider ? withShortName(provider) : null,
  }));
  return { network: { ...network, mostReliableNodes }, heartbeatStatus };
}

export default function Network() {
  const { network, heartbeatStatus } = useLoaderData<typeof loader>();
  const title = toClean(network.title, 80);
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            Network {network.recorded ? <RecordedBadge notice={network.notice} /> : null}{' '}
            <Link to={`/?network=${encodeURIComponent(network.id)}`}>Overview</Link>{' '}
            <Link to={`/networks/${encodeURIComponent(network.id)}/removed`}>Trades that count for nothing</Link>
          </p>
          <h1>Reliability of {title}</h1>
          <p className="lead">By heartbeats that its nodes sign. They show that a key answers, not that a GPU works.</p>
        </div>
      </div>
      <NetworkNotice network={network} />
      <NetworkReliability network={network} status={heartbeatStatus} subject={title} />
    </>
  );
}
