import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ChainTable } from '../components/ChainTable.js';
import { ChainTrust } from '../components/ChainTrust.js';
import { Conservation } from '../components/Conservation.js';
import { EmptyState } from '../components/EmptyState.js';
import { EndpointTable } from '../components/EndpointTable.js';
import { FaultList } from '../components/FaultList.js';
import { HaltedNotice } from '../components/HaltedNotice.js';
import { HeartbeatCollector } from '../components/HeartbeatCollector.js';
import { ProbeTable } from '../components/ProbeTable.js';
import { QuarantineTable } from '../components/QuarantineTable.js';
import { ask } from '../data/ask.js';
import { statusQuery } from '../data/chainQueries.js';
import { toClean } from '../format.js';
import { key } from '../i18n/text.js';
import { textOf, useText } from '../i18n/useText.js';
import { toFaults } from '../toFaults.js';

export const handle = { live: true };

export const meta: MetaFunction = ({ matches }) => {
  const t = textOf(matches);
  return [{ title: `${t('Status')} · Computescan` }, { name: 'description', content: t(LEAD) }];
};

const LEAD = key(
  'How far each chain is read, how fresh it is, how far it is proven, whether its amounts add up, and what is wrong.',
);

export async function loader({ context }: LoaderFunctionArgs) {
  const { _meta: meta, ...rest } = await ask(context, statusQuery, {});
  return { ...rest, chains: meta?.chains ?? [] };
}

export default function Status() {
  const t = useText();
  const { chains, anomalies, quarantinedLogs, networks, probes, heartbeatStatus } = useLoaderData<typeof loader>();
  const setAside = chains.reduce((sum, chain) => sum + chain.quarantined, 0);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('Status')}</h1>
          <p className="lead">{t(LEAD)}</p>
        </div>
      </div>
      {chains.length === 0 ? (
        <EmptyState title={t('No chain is being read yet.')}>
          {t('The indexer has not started, or has not found its chain.')}
        </EmptyState>
      ) : (
        <>
          {chains
            .filter(({ phase }) => phase === 'halted')
            .map(({ id, name, phaseReason, block }) => (
              <HaltedNotice key={id} id={id} name={name} reason={phaseReason} height={block?.number ?? null} />
            ))}
          <ChainTable chains={chains} />
          <FaultList faults={toFaults({ chains, probes, heartbeatStatus })} />
          {chains.map((chain) => (
            <section key={chain.id} className="chain-trust" aria-labelledby={`chain-${chain.id}`}>
              <h2 id={`chain-${chain.id}`}>{toClean(chain.name, 40)}</h2>
              <ChainTrust {...chain} />
              {chain.endpoints.length === 0 ? null : (
                <EndpointTable chain={toClean(chain.name, 40)} endpoints={chain.endpoints} />
              )}
            </section>
          ))}
          <Conservation chains={chains} anomalies={anomalies} networks={networks} />
          {quarantinedLogs.length === 0 ? null : <QuarantineTable logs={quarantinedLogs} count={setAside} />}
          <HeartbeatCollector status={heartbeatStatus} />
          {probes.length === 0 ? null : (
            <section aria-labelledby="probes">
              <h2 id="probes">{t('Prices off chain')}</h2>
              <ProbeTable probes={probes} />
            </section>
          )}
        </>
      )}
    </>
  );
}
