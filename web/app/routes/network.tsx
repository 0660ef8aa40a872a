import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { toFigures } from '../charts/toFigure.js';
import { toOverview } from '../charts/toOverview.js';
import { Capabilities } from '../components/Capabilities.js';
import { Facts } from '../components/Facts.js';
import { FigureTile } from '../components/FigureTile.js';
import { Link } from '../components/Link.js';
import { NetworkChain } from '../components/NetworkChain.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { NetworkReliability } from '../components/NetworkReliability.js';
import { isRecorded, toFacts } from '../components/NetworkTile.js';
import { OverviewTiles } from '../components/OverviewTiles.js';
import { ParameterTable } from '../components/ParameterTable.js';
import { RecordedBadge } from '../components/RecordedBadge.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { TopProviders } from '../components/TopProviders.js';
import { ask } from '../data/ask.js';
import { askOverview } from '../data/findOverview.js';
import { networkQuery } from '../data/networkQueries.js';
import { networkReliabilityQuery } from '../data/reliabilityQueries.js';
import { withShortName } from '../data/shorten.js';
import { toClean } from '../format.js';
import { textOf, useText } from '../i18n/useText.js';
import { parseId } from '../listState.js';

export const handle = { live: true };

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => [
  { title: `${data ? toClean(data.network.title, 60) : textOf(matches)('Not found')} · Computescan` },
  ...(data ? [{ name: 'description', content: data.network.summary }] : []),
];

/** How the market of a network works, in a handful of figures; all of them are on a page of their own. */
const mechanisms = [
  'mechanisms.tasksPerJob',
  'mechanisms.joins',
  'mechanisms.verifiedShare',
  'mechanisms.medianProofToPay',
  'mechanisms.disputeRate',
  'economy.takeRate',
  'economy.apr',
  'mechanisms.capacityByOperator',
];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id)?.toLowerCase();
  if (!id) throw new Response(null, { status: 404 });
  const [found, reliability] = await Promise.all([
    ask(context, networkQuery, { id }),
    ask(context, networkReliabilityQuery, { id }),
  ]);
  if (!found.network || !reliability.network) throw new Response(null, { status: 404 });
  const { network, parameterChanges } = found;
  const { series, question } = await askOverview(context, [network], { metrics: mechanisms });
  const tokens = { work: network.workToken, stake: network.stakeToken };
  const { mostReliableNodes, ...machines } = reliability.network;
  return {
    ...{ network, parameterChanges, question },
    providers: found.providers.map(withShortName),
    tiles: toOverview(series, [network]),
    mechanisms: toFigures(
      series.filter(({ metric }) => mechanisms.includes(metric.id)),
      { interval: 'day', tokens },
    ),
    machines: {
      ...machines,
      mostReliableNodes: mostReliableNodes.map(({ provider, ...node }) => ({
        ...node,
        provider: provider ? withShortName(provider) : null,
      })),
    },
    heartbeatStatus: reliability.heartbeatStatus,
  };
}

export default function Network() {
  const t = useText();
  const { network, providers, parameterChanges, tiles, machines, heartbeatStatus, question, ...data } =
    useLoaderData<typeof loader>();
  const title = toClean(network.title, 80);
  const query = `?network=${encodeURIComponent(network.id)}`;
  const lists = [
    { to: `/providers${query}`, text: t('Providers') },
    ...(isRecorded(network.capabilities, 'jobs') ? [{ to: `/jobs${query}`, text: t('Jobs') }] : []),
    { to: `/supply${query}`, text: t('Supply') },
    { to: `/prices${query}`, text: t('Prices') },
    { to: `/reliability${query}`, text: t('Reliability') },
    { to: `/economy${query}`, text: t('Economy') },
    { to: `/mechanisms${query}`, text: t('Mechanisms') },
    { to: `/networks/${encodeURIComponent(network.id)}/removed`, text: t('Trades that count for nothing') },
  ];
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            <Link to="/networks">{t('Networks')}</Link>{' '}
            {network.recorded ? <RecordedBadge notice={network.notice} /> : null}{' '}
            {t('Protocol {protocol}, chain {chain}', {
              protocol: toClean(network.protocol, 40),
              chain: toClean(network.chain.name, 40),
            })}
          </p>
          <h1>{title}</h1>
          <p className="lead">{network.summary}</p>
        </div>
      </div>
      <NetworkNotice network={network} />
      <nav aria-label={t('Lists of {network}', { network: title })}>
        <ul className="topics">
          {lists.map(({ to, text }) => (
            <li key={to}>
              <Link to={to}>{text}</Link>
            </li>
          ))}
        </ul>
      </nav>
      {tiles.length > 0 ? (
        <section aria-labelledby="last-day">
          <h2 id="last-day" className="visually-hidden">
            {t('Last day that is over')}
          </h2>
          <OverviewTiles tiles={tiles} networks={1} />
        </section>
      ) : null}
      <section aria-labelledby="ever">
        <h2 id="ever">{t('Since its beginning')}</h2>
        <Facts facts={toFacts(network, t)} className="facts-grid" />
      </section>
      <section aria-labelledby="top-providers">
        <h2 id="top-providers">{t('Largest providers')}</h2>
        {providers.length > 0 ? (
          <TopProviders
            {...network}
            providers={providers}
            caption={
              isRecorded(network.capabilities, 'payout')
                ? t('Those who were paid most, at most ten')
                : t('Ten of them; what they are paid is not recorded')
            }
          />
        ) : (
          <p className="muted">{t('None yet.')}</p>
        )}
        <p>
          <Link to={`/providers${query}`}>{t('All providers of {network}', { network: title })}</Link>
        </p>
      </section>
      {data.mechanisms.length > 0 ? (
        <section aria-labelledby="mechanisms">
          <h2 id="mechanisms">{t('How its market works')}</h2>
          <div className="figure-grid">
            {data.mechanisms.map((figure) => (
              <FigureTile key={figure.metric.id} figure={figure} />
            ))}
          </div>
          {parameterChanges.length > 0 ? (
            <ParameterTable
              changes={parameterChanges}
              recorded={network.recorded}
              stakeToken={network.stakeToken}
              caption={t('What its rules were changed to last')}
            />
          ) : null}
          <p>
            <Link to={`/mechanisms${query}`}>{t('All mechanisms of {network}', { network: title })}</Link>
          </p>
        </section>
      ) : null}
      <NetworkReliability network={machines} status={heartbeatStatus} subject={title} />
      <Capabilities capabilities={network.capabilities} />
      <NetworkChain {...network.chain} />
      {question ? <ShowGraphql question={question} /> : null}
    </>
  );
}
