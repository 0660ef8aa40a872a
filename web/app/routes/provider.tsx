import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BuyerTable } from '../components/BuyerTable.js';
import { CapacityTable } from '../components/CapacityTable.js';
import { CleanedMark } from '../components/CleanedMark.js';
import { HeartbeatReliability } from '../components/HeartbeatReliability.js';
import { Link } from '../components/Link.js';
import { ListSection } from '../components/ListSection.js';
import { LookalikeMark } from '../components/LookalikeMark.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { NodeTable } from '../components/NodeTable.js';
import { OutageSection } from '../components/OutageSection.js';
import { PageContents } from '../components/PageContents.js';
import { ProviderFacts } from '../components/ProviderFacts.js';
import { ProviderForOperator } from '../components/ProviderForOperator.js';
import { ProviderJobs } from '../components/ProviderJobs.js';
import { ProviderPrices } from '../components/ProviderPrices.js';
import { ProviderScore } from '../components/ProviderScore.js';
import { ReachTable } from '../components/ReachTable.js';
import { RecordedBadge } from '../components/RecordedBadge.js';
import { WholeId } from '../components/ShortId.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { askWithSource } from '../data/ask.js';
import { findDay, readDays } from '../data/findDay.js';
import { findExplanation } from '../data/findExplanation.js';
import { findPast } from '../data/findPast.js';
import { providerQuery } from '../data/providerQueries.js';
import { shortenPair, shortenUri, withShortName } from '../data/shorten.js';
import { toClean, toShort } from '../format.js';
import { textOf, useText } from '../i18n/useText.js';
import { parseId } from '../listState.js';
import { toLeavingDowntime } from '../toLeavingDowntime.js';
import { toScoreInputs } from '../toScoreInputs.js';

export const handle = { live: true };

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [
  { title: `${data ? data.title : textOf(matches)('Not found')} · Computescan` },
  {
    name: 'description',
    content: textOf(matches)(
      'Who a provider is: its reputation with what made it, its prices, uptime, jobs, machines and payouts.',
    ),
  },
];

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  if (!id) throw new Response(null, { status: 404 });
  const { length, date } = readDays(new URL(request.url).searchParams);
  const [{ data, source }, past, day] = await Promise.all([
    askWithSource(context, providerQuery, { id }),
    findPast(context, id),
    findDay(context, { kind: 'provider', id, date }),
  ]);
  const { provider, heartbeatStatus, metricWindows } = data;
  if (!provider || !heartbeatStatus) throw new Response(null, { status: 404 });
  const { uri, terms, operator, score, ...rest } = provider;
  const scores = rest.network.recorded ? [] : rest.scoreHistory;
  const explanation = await findExplanation(context, { provider: provider.id, scores });
  return {
    ...{ explanation, heartbeatStatus, past, day, length, source },
    provider: {
      ...withShortName(rest),
      uri: uri ? shortenUri(uri, rest.altered) : null,
      terms: terms.map(shortenPair),
      operator: operator && withShortNames(operator),
      score: score && { ...score, detail: null },
    },
    inputs: score ? toScoreInputs(score.detail, score.parts) : [],
    downtime: score ? toLeavingDowntime(rest.uptimeByDay, score.at) : [],
    windows: metricWindows,
    title: toClean(provider.name ?? '', 60) || toShort(provider.nativeId),
  };
}

export default function Provider() {
  const { provider, explanation, heartbeatStatus, title, windows, past, day, length, inputs, downtime, source } =
    useLoaderData<typeof loader>();
  const t = useText();
  const { network, jobs, nodes, capacity, buyers } = provider;
  const { recorded, capabilities } = network;
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            {t('Provider')} {recorded ? <RecordedBadge notice={network.notice} /> : null}
            {provider.active === false ? <span className="badge badge-quiet">{t('inactive')}</span> : null}
            <CleanedMark attribute="name" altered={provider.altered} />
            <LookalikeMark name={provider.name ?? ''} />
          </p>
          <h1>{title}</h1>
          <p>
            <WholeId id={provider.nativeId} />
          </p>
          <p>
            <Link to={`/operators/${encodeURIComponent(provider.owner ?? provider.nativeId)}`}>
              {t('All that its operator has')}
            </Link>
          </p>
        </div>
      </div>
      <NetworkNotice network={network} />
      <Contents />
      <div id="facts">
        <ProviderFacts provider={provider} />
      </div>
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
        id={provider.id}
        reliability={provider.reliability}
        days={provider.uptimeByDay}
        windows={windows}
        status={heartbeatStatus}
        subject={title}
        networkSends={network.sendsHeartbeats}
        length={length}
        day={day}
      >
        <OutageSection outages={past.outages} day={day} />
      </HeartbeatReliability>
      {provider.reachability.length > 0 ? (
        <section aria-labelledby="reachability">
          <h2 id="reachability">{t('Reachability')}</h2>
          <ReachTable rows={provider.reachability} />
        </section>
      ) : null}
      <ProviderPrices provider={provider} histories={past.prices} subject={title} />
      <div id="capacity">
        <ListSection title={t('Capacity')} count={capacity.length} capabilities={capabilities} capability="nodes">
          <CapacityTable capacity={capacity} />
        </ListSection>
      </div>
      <div id="jobs">
        <ListSection
          title={t('Latest jobs')}
          count={jobs.length}
          capabilities={capabilities}
          capability="jobs"
          files={{ list: 'jobs', where: { provider: provider.id } }}
        >
          <ProviderJobs
            caption={jobs.length < 10 ? t('All jobs, latest first') : t('The latest {count} jobs', { count: 10 })}
            jobs={jobs}
            recorded={recorded}
          />
        </ListSection>
      </div>
      <div id="buyers">
        <ListSection title={t('Buyers')} count={buyers ? 1 : 0} capabilities={capabilities} capability="jobs">
          {buyers ? <BuyerTable buyers={buyers} /> : null}
        </ListSection>
      </div>
      <div id="nodes">
        <ListSection
          title={t('Nodes')}
          count={nodes.length}
          capabilities={capabilities}
          capability="nodes"
          files={{ list: 'nodes', where: { provider: provider.id } }}
        >
          <NodeTable
            caption={nodes.length < 100 ? t('All nodes, busiest first') : t('The busiest 100 nodes')}
            nodes={nodes}
            recorded={recorded}
          />
        </ListSection>
      </div>
      <ProviderForOperator provider={provider} earned={past.earned} inputs={inputs} downtime={downtime} />
      <ShowGraphql question={source} files={[]} />
    </>
  );
}

/** For a buyer first, for an operator second. */
function Contents() {
  const t = useText();
  return (
    <PageContents
      groups={[
        {
          title: t('To choose it'),
          parts: [
            { id: 'facts', title: t('Who it is') },
            { id: 'score', title: t('Reputation') },
            { id: 'reliability', title: t('Reliability') },
            { id: 'prices', title: t('Prices') },
            { id: 'capacity', title: t('Capacity') },
            { id: 'jobs', title: t('Jobs') },
            { id: 'buyers', title: t('Buyers') },
            { id: 'nodes', title: t('Nodes') },
          ],
        },
        {
          title: t('To run it'),
          parts: [
            { id: 'improve', title: t('What would raise it') },
            { id: 'earnings', title: t('Earnings') },
            { id: 'stake', title: t('Stake') },
            { id: 'maintenance', title: t('Maintenance') },
            { id: 'recompute', title: t('Recompute') },
            { id: 'raw', title: t('Raw data') },
          ],
        },
      ]}
    />
  );
}

function withShortNames<Member extends { readonly provider: { readonly name: string | null } }, Operator>(
  operator: Operator & { readonly members: readonly Member[] },
) {
  return {
    ...operator,
    members: operator.members.map((member) => ({ ...member, provider: withShortName(member.provider) })),
  };
}
