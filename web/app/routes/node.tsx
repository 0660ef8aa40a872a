import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { AttemptTable } from '../components/AttemptTable.js';
import { HeartbeatReliability } from '../components/HeartbeatReliability.js';
import { ListSection } from '../components/ListSection.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { NodeFacts } from '../components/NodeFacts.js';
import { NodeOutageTable } from '../components/NodeOutageTable.js';
import { ReachTable } from '../components/ReachTable.js';
import { RecordedBadge } from '../components/RecordedBadge.js';
import { ask } from '../data/ask.js';
import { nodeQuery } from '../data/nodeQueries.js';
import { shortenPair, shortenUri, withShortName } from '../data/shorten.js';
import { toClean, toShort } from '../format.js';
import { parseId } from '../listState.js';

export const handle = { live: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Node ${data.title} · Computescan` : 'Not found · Computescan' },
];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  if (!id) throw new Response(null, { status: 404 });
  const { node, heartbeatStatus, metricWindows, outages, attempts } = await ask(context, nodeQuery, { id });
  if (!node || !heartbeatStatus) throw new Response(null, { status: 404 });
  const { uri, terms, provider } = node;
  return {
    node: {
      ...node,
      uri: uri ? shortenUri(uri, node.altered) : null,
      terms: terms.map(shortenPair),
      provider: provider && withShortName(provider),
    },
    windows: metricWindows,
    ...{ heartbeatStatus, outages, attempts },
    title: toShort(node.nativeId),
  };
}

export default function Node() {
  const { node, windows, heartbeatStatus, outages, attempts, title } = useLoaderData<typeof loader>();
  const { network } = node;
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            Node {network.recorded ? <RecordedBadge notice={network.notice} /> : null}
            {node.active === false ? <span className="badge badge-quiet">inactive</span> : null}
          </p>
          <h1>{title}</h1>
          <p>
            <code className="wrap">{toClean(node.nativeId, 200)}</code>
          </p>
        </div>
      </div>
      <NetworkNotice network={network} />
      <NodeFacts node={node} />
      <HeartbeatReliability
        kind="node"
        reliability={node.reliability}
        days={node.uptimeByDay}
        windows={windows}
        status={heartbeatStatus}
        subject={title}
        networkSends={network.sendsHeartbeats}
      />
      {node.reliability ? (
        <section aria-labelledby="outages">
          <h2 id="outages">Outages</h2>
          {outages.length > 0 ? (
            <NodeOutageTable
              outages={outages.slice(0, MAX_OUTAGES)}
              caption={toCaption(outages.length, MAX_OUTAGES, 'outages')}
            />
          ) : (
            <p className="muted">None that we saw.</p>
          )}
        </section>
      ) : null}
      {node.reachability.length > 0 ? (
        <section aria-labelledby="reachability">
          <h2 id="reachability">Reachability</h2>
          <ReachTable rows={node.reachability} />
        </section>
      ) : null}
      <ListSection
        title="Tasks it took on"
        count={attempts.length}
        capabilities={network.capabilities}
        capability="jobs"
      >
        <AttemptTable
          caption={toCaption(attempts.length, MAX_ATTEMPTS, 'tasks')}
          attempts={attempts.slice(0, MAX_ATTEMPTS)}
          recorded={network.recorded}
        />
      </ListSection>
    </>
  );
}

/** One less than the query asks for: whether there are more shows in the caption. */
const MAX_OUTAGES = 20;
const MAX_ATTEMPTS = 10;

function toCaption(count: number, limit: number, noun: string): string {
  return count > limit ? `The latest ${limit} ${noun}` : `All ${noun}, latest first`;
}
