import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { toReason } from '../components/FigureTile.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { TopicPage } from '../components/TopicPage.js';
import { UnservedTable } from '../components/UnservedTable.js';
import { ask, toSource } from '../data/ask.js';
import { findPresent } from '../data/findPresent.js';
import { findTopic } from '../data/findTopic.js';
import { toText } from '../data/graphql.js';
import { unservedQuery } from '../data/marketQueries.js';
import { toCount } from '../format.js';
import { textOf, useText } from '../i18n/useText.js';
import { mechanisms as topic } from '../topics.js';

export const handle = { live: true, distinct: ['network'] };

export const meta: MetaFunction = ({ matches }) => [
  { title: `${textOf(matches)(topic.title)} · Computescan` },
  { name: 'description', content: textOf(matches)(topic.lead) },
];

const DAYS = 90;
const DAY_MS = 86_400_000;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const data = await findTopic(context, topic, new URL(request.url).searchParams);
  if (data.network === undefined) return { ...data, demand: null, asked: null };
  // Whole days, so that the same question is asked all day long.
  const to = new Date(Math.ceil(Number(await findPresent(context)) / DAY_MS) * DAY_MS);
  const from = new Date(to.getTime() - DAYS * DAY_MS);
  const variables = { network: data.network, from: from.toISOString(), to: to.toISOString() };
  const { unservedDemand } = await ask(context, unservedQuery, variables);
  return { ...data, demand: unservedDemand, asked: toSource(context, { query: toText(unservedQuery), variables }) };
}

export default function Page() {
  const t = useText();
  const { demand, asked, ...data } = useLoaderData<typeof loader>();
  return (
    <>
      <TopicPage topic={topic} data={data} />
      {demand && data.network ? (
        <section aria-labelledby="unserved">
          <h2 id="unserved">{t('What nobody served')}</h2>
          {demand.points === null ? (
            <p className="muted">
              {t('Not recorded by this protocol.')} {demand.reason ? toReason(demand.reason) : null}
            </p>
          ) : demand.points.length === 0 ? (
            <p className="muted">{t('Every bid of the last {days} days was met.', { days: DAYS })}</p>
          ) : (
            <UnservedTable
              rows={demand.points.toReversed()}
              network={data.network}
              caption={t('{bids} bids of the last {days} days that nobody took by their end, by week', {
                bids: toCount(demand.bids ?? 0),
                days: DAYS,
              })}
            />
          )}
          {demand.withoutEnd ? (
            <p className="age">
              {t('{bids} more bids name no job: whether anybody met them nobody can tell.', {
                bids: toCount(demand.withoutEnd),
              })}
            </p>
          ) : null}
          {asked ? <ShowGraphql question={asked} /> : null}
        </section>
      ) : null}
    </>
  );
}
