import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ParameterTable } from '../components/ParameterTable.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { TopicPage } from '../components/TopicPage.js';
import { askWithSource } from '../data/ask.js';
import { findTopic } from '../data/findTopic.js';
import { parameterChangesQuery } from '../data/marketQueries.js';
import { textOf, useText } from '../i18n/useText.js';
import { economy as topic } from '../topics.js';

export const handle = { live: true, distinct: ['network'] };

export const meta: MetaFunction = ({ matches }) => [
  { title: `${textOf(matches)(topic.title)} · Computescan` },
  { name: 'description', content: textOf(matches)(topic.lead) },
];

const MOST = 25;

export async function loader({ context, request }: LoaderFunctionArgs) {
  const data = await findTopic(context, topic, new URL(request.url).searchParams);
  if (data.network === undefined) return { ...data, changes: [], asked: null };
  const variables = { network: data.network, first: MOST };
  const { data: rules, source } = await askWithSource(context, parameterChangesQuery, variables);
  return {
    ...data,
    changes: rules.parameterChanges,
    asked: source,
  };
}

export default function Page() {
  const t = useText();
  const { changes, asked, ...data } = useLoaderData<typeof loader>();
  return (
    <>
      <TopicPage topic={topic} data={data} />
      {data.shown ? (
        <section aria-labelledby="rules">
          <h2 id="rules">{t('Changes of rules')}</h2>
          {changes.length > 0 ? (
            <ParameterTable
              changes={changes}
              recorded={data.shown.recorded}
              stakeToken={data.shown.stakeToken}
              caption={t('The newest first, at most {most}', { most: MOST })}
            />
          ) : (
            <p className="muted">{t('No change of a rule is recorded.')}</p>
          )}
          {asked ? <ShowGraphql question={asked} /> : null}
        </section>
      ) : null}
    </>
  );
}
