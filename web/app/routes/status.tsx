import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ChainTable } from '../components/ChainTable.js';
import { ChainTrust } from '../components/ChainTrust.js';
import { Conservation } from '../components/Conservation.js';
import { EmptyState } from '../components/EmptyState.js';
import { EndpointTable } from '../components/EndpointTable.js';
import { HaltedNotice } from '../components/HaltedNotice.js';
import { HeartbeatCollector } from '../components/HeartbeatCollector.js';
import { ProbeTable } from '../components/ProbeTable.js';
import { ask } from '../data/ask.js';
import { statusQuery } from '../data/chainQueries.js';
import { toClean } from '../format.js';

export const handle = { live: true };

export const meta: MetaFunction = () => [
  { title: 'Status · Computescan' },
  {
    name: 'description',
    content: 'How far each chain is read, how fresh it is, how far it is proven, and whether its amounts add up.',
  },
];

export async function loader({ context }: LoaderFunctionArgs) {
  const { _meta: meta, ...rest } = await ask(context, statusQuery, {});
  return { ...rest, chains: meta?.chains ?? [] };
}

export default function Status() {
  const { chains, anomalies, networks, probes, heartbeatStatus } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>Status</h1>
          <p className="lead">
            How far each chain is read, how fresh it is, how far it is proven, and whether its amounts add up.
          </p>
        </div>
      </div>
      {chains.length === 0 ? (
        <EmptyState title="No chain is being read yet.">
          The indexer has not started, or has not found its chain.
        </EmptyState>
      ) : (
        <>
          {chains
            .filter(({ phase }) => phase === 'halted')
            .map(({ id, name, phaseReason, block }) => (
              <HaltedNotice key={id} id={id} name={name} reason={phaseReason} height={block?.number ?? null} />
            ))}
          <ChainTable chains={chains} />
          {chains.map((chain) => (
            <section key={chain.id} className="chain-trust">
              <h2>{toClean(chain.name, 40)}</h2>
              <ChainTrust {...chain} />
              {chain.endpoints.length === 0 ? null : (
                <EndpointTable chain={toClean(chain.name, 40)} endpoints={chain.endpoints} />
              )}
            </section>
          ))}
          <Conservation chains={chains} anomalies={anomalies} networks={networks} />
          <HeartbeatCollector status={heartbeatStatus} />
          {probes.length === 0 ? null : (
            <section>
              <h2>Prices off chain</h2>
              <ProbeTable probes={probes} />
            </section>
          )}
        </>
      )}
    </>
  );
}
