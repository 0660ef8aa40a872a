import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { CleanedMark } from '../components/CleanedMark.js';
import { HeartbeatReliability } from '../components/HeartbeatReliability.js';
import { ListSection } from '../components/ListSection.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { NodeTable } from '../components/NodeTable.js';
import { PayoutTable } from '../components/PayoutTable.js';
import { PriceTable } from '../components/PriceTable.js';
import { ProviderFacts } from '../components/ProviderFacts.js';
import { ProviderJobs } from '../components/ProviderJobs.js';
import { ProviderScore } from '../components/ProviderScore.js';
import { ReachTable } from '../components/ReachTable.js';
import { RecordedBadge } from '../components/RecordedBadge.js';
import { StakeTable } from '../components/StakeTable.js';
import { ask } from '../data/ask.js';
import { findExplanation } from '../data/findExplanation.js';
import { providerQuery } from '../data/providerQueries.js';
import { shortenPair, shortenUri, withShortName } from '../data/shorten.js';
import { toClean, toShort } from '../format.js';
import { parseId } from '../listState.js';

export const handle = { live: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.title} · Computescan` : 'Not found · Computescan' },
];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  if (!id) throw new Response(null, { status: 404 });
  const { provider, heartbeatStatus, metricWindows } = await ask(context, providerQuery, { id });
  if (!provider || !heartbeatStatus) throw new Response(null, { status: 404 });
  const { uri, terms, operator, ...rest } = provider;
  const scores = rest.network.recorded ? [] : rest.scoreHistory;
  const explanation = await findExplanation(context, { provider: provider.id, scores });
  return {
    explanation,
    provider: {
      ...withShortName(rest),
      uri: uri ? shortenUri(uri, rest.altered) : null,
      terms: terms.map(shortenPair),
      operator: operator && withShortNames(operator),
    },
    windows: metricWindows,
    heartbeatStatus,
    title: toClean(provider.name ?? '', 60) || toShort(provider.nativeId),
  };
}

export default function Provider() {
  const { provider, explanation, heartbeatStatus, title, windows } = useLoaderData<typeof loader>();
  const { network, jobs, payouts, stakeChanges, nodes, prices } = provider;
  const { recorded, capabilities } = network;
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            Provider {recorded ? <RecordedBadge notice={network.notice} /> : null}
            {provider.active === false ? <span className="badge badge-quiet">inactive</span> : null}
            <CleanedMark attribute="name" altered={provider.altered} />
          </p>
          <h1>{title}</h1>
          <p>
            <code className="wrap">{toClean(provider.nativeId, 200)}</code>
          </p>
        </div>
      </div>
      <NetworkNotice network={network} />
      <ProviderFacts provider={provider} />
      <ProviderScore
        score={provider.score}
        history={recorded ? [] : provider.scoreHistory}
        explanation={explanation}
        subject={title}
        providerId={provider.id}
        operator={provider.operator}
        removed={provider.removedTrades}
      />
      <HeartbeatReliability
        kind="provider"
        reliability={provider.reliability}
        days={provider.uptimeByDay}
        windows={windows}
        status={heartbeatStatus}
        subject={title}
        networkSends={network.sendsHeartbeats}
      />
      {provider.reachability.length > 0 ? (
        <section aria-labelledby="reachability">
          <h2 id="reachability">Reachability</h2>
          <ReachTable rows={provider.reachability} />
        </section>
      ) : null}
      <ListSection title="Latest jobs" count={jobs.length} capabilities={capabilities} capability="jobs">
        <ProviderJobs caption={toCaption(jobs.length, 10, 'jobs')} jobs={jobs} recorded={recorded} />
      </ListSection>
      {prices.length > 0 ? (
        <ListSection title="Prices" count={prices.length} capabilities={capabilities} capability="price">
          <PriceTable
            caption={
              prices.length < MAX_PRICES
                ? 'The last word on each thing that is priced'
                : `The last word on the first ${MAX_PRICES} things that are priced, by name`
            }
            quotes={prices}
            recorded={recorded}
          />
        </ListSection>
      ) : null}
      <ListSection title="Nodes" count={nodes.length} capabilities={capabilities} capability="nodes">
        <NodeTable
          caption={nodes.length < 100 ? 'All nodes, busiest first' : 'The busiest 100 nodes'}
          nodes={nodes}
          recorded={recorded}
        />
      </ListSection>
      <ListSection title="Payouts" count={payouts.length} capabilities={capabilities} capability="payout">
        <PayoutTable caption={toCaption(payouts.length, 10, 'payouts')} payouts={payouts} recorded={recorded} withJob />
      </ListSection>
      <ListSection title="Stake changes" count={stakeChanges.length} capabilities={capabilities} capability="stake">
        <StakeTable
          caption={toCaption(stakeChanges.length, 10, 'stake changes')}
          changes={stakeChanges}
          recorded={recorded}
        />
      </ListSection>
    </>
  );
}

/** As the query asks for. */
const MAX_PRICES = 100;

function withShortNames<Member extends { readonly provider: { readonly name: string | null } }, Operator>(
  operator: Operator & { readonly members: readonly Member[] },
) {
  return {
    ...operator,
    members: operator.members.map((member) => ({ ...member, provider: withShortName(member.provider) })),
  };
}

/** A list that is full may go on: it says that these are the latest, not all. */
function toCaption(count: number, limit: number, noun: string): string {
  return count < limit ? `All ${noun}, latest first` : `The latest ${limit} ${noun}`;
}
