import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ActivityFigure } from '../components/ActivityFigure.js';
import { EmptyState } from '../components/EmptyState.js';
import { FilterForm } from '../components/FilterForm.js';
import { Link } from '../components/Link.js';
import { MultiplesGroup } from '../components/MultiplesGroup.js';
import { NetworkTile } from '../components/NetworkTile.js';
import { OverviewTiles } from '../components/OverviewTiles.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { ask, toSource } from '../data/ask.js';
import { findOverview } from '../data/findOverview.js';
import { toText } from '../data/graphql.js';
import { ACTIVITY_DAYS, activityQuery, homeQuery } from '../data/networkQueries.js';
import { toClean, toCount, toUtcMinute } from '../format.js';
import { textOf, useText } from '../i18n/useText.js';
import { readNetwork } from '../listState.js';

export const handle = { live: true, distinct: ['network'] };

export const meta: MetaFunction = ({ matches }) => [
  { title: `${textOf(matches)('Overview')} · Computescan` },
  {
    name: 'description',
    content: textOf(matches)(
      'Decentralised compute networks side by side: supply, use, prices, success and payouts, as their chains and machines tell them.',
    ),
  },
];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const network = readNetwork(new URL(request.url).searchParams);
  const where = network ? { id: network } : undefined;
  const asked = { network, days: ACTIVITY_DAYS };
  const [{ gpuCatalogue, ...data }, { activity }] = await Promise.all([
    ask(context, homeQuery, { where }),
    ask(context, activityQuery, asked),
  ]);
  const overview = await findOverview(context, data.networks, gpuCatalogue.models);
  const file = network ? `/activity.csv?${new URLSearchParams({ network })}` : '/activity.csv';
  const days = {
    rows: activity,
    most: ACTIVITY_DAYS,
    question: toSource(context, { query: toText(activityQuery), variables: asked }, { activity: file }),
  };
  return { ...data, days, network, overview };
}

export default function Home() {
  const t = useText();
  const { choices, networks, days, network, overview } = useLoaderData<typeof loader>();
  const { tiles, counted, byModel, byNetwork, asOf, question } = overview;
  const [only] = networks;
  const notRecorded = only?.capabilities.find((one) => one.name === 'jobs' && !one.recorded);
  const subject = network && only ? toClean(only.title, 60) : t('All networks');
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('Overview')}</h1>
          <p className="lead">
            {t('Compute networks as their chains have them: who works, what they are paid, what they have at stake.')}
          </p>
        </div>
        <FilterForm
          action="/"
          kept={{}}
          filters={[
            {
              name: 'network',
              label: t('Network'),
              any: t('All networks'),
              value: network,
              choices: choices.map((choice) => ({ value: choice.id, label: toClean(choice.title, 60) })),
            },
          ]}
        />
      </div>
      {tiles.length > 0 ? (
        <section aria-labelledby="last-day">
          <h2 id="last-day" className="visually-hidden">
            {t('Last day that is over')}
          </h2>
          <OverviewTiles tiles={tiles} networks={counted} />
          {asOf ? (
            <p className="muted after-table">
              {t('Of whole days, the last one that is over. As of block {block}, {time} UTC.', {
                block: toCount(asOf.block ?? '0'),
                time: toUtcMinute(asOf.time),
              })}
            </p>
          ) : null}
        </section>
      ) : null}
      {byModel.length > 0 ? (
        <section aria-labelledby="models" className="multiples-groups">
          <h2 id="models">{t('By GPU model')}</h2>
          {byModel.map((group) => (
            <MultiplesGroup key={group.metric.id} group={group} />
          ))}
        </section>
      ) : null}
      {byNetwork.length > 0 ? (
        <section aria-labelledby="by-network" className="multiples-groups">
          <h2 id="by-network">{t('By network')}</h2>
          {byNetwork.map((group) => (
            <MultiplesGroup key={group.metric.id} group={group} />
          ))}
        </section>
      ) : null}
      {network && !only ? null : (
        <section aria-labelledby="activity">
          <h2 id="activity">{t('Tasks per day, last {days} days', { days: days.most })}</h2>
          {network && notRecorded ? (
            <EmptyState title={t('Jobs are not recorded by this protocol.')}>{notRecorded.reason}</EmptyState>
          ) : network && only?.recorded ? (
            <EmptyState title={t('No days to draw.')}>
              {t('{subject} was recorded without times: only the order of its events is known.', { subject })}
            </EmptyState>
          ) : (
            <>
              <ActivityFigure days={days.rows} subject={subject} />
              <ShowGraphql question={days.question} />
            </>
          )}
        </section>
      )}
      <section aria-labelledby="networks">
        <h2 id="networks">{t('Networks')}</h2>
        {networks.length === 0 ? (
          <EmptyState title={network ? t('No such network.') : t('No network has been indexed yet.')}>
            {network ? (
              <Link to="/">{t('See all networks')}</Link>
            ) : (
              t('The first blocks are being read; this page fills by itself.')
            )}
          </EmptyState>
        ) : (
          <div className="tiles">
            {networks.map((one) => (
              <NetworkTile key={one.id} network={one} />
            ))}
          </div>
        )}
      </section>
      {question ? <ShowGraphql question={question} /> : null}
    </>
  );
}
