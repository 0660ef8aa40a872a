import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { PriceSections } from '../components/PriceSections.js';
import { TopicPage } from '../components/TopicPage.js';
import { findPrices } from '../data/findPrices.js';
import { findTopic } from '../data/findTopic.js';
import { textOf } from '../i18n/useText.js';
import { prices as topic } from '../topics.js';

export const handle = { live: true, distinct: ['network', 'hardware'] };

export const meta: MetaFunction = ({ matches }) => [
  { title: `${textOf(matches)(topic.title)} · Computescan` },
  { name: 'description', content: textOf(matches)(topic.lead) },
];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const data = await findTopic(context, topic, new URL(request.url).searchParams);
  const { network, hardware, models } = data;
  const more = network === undefined ? null : await findPrices(context, { network, hardware, models });
  return { ...data, more };
}

export default function Page() {
  const { more, ...data } = useLoaderData<typeof loader>();
  const { shown, hardware, models } = data;
  return (
    <TopicPage topic={topic} data={data}>
      {shown && more ? (
        <PriceSections
          {...more}
          network={shown}
          hardwareName={models.find(({ id }) => id === hardware)?.name ?? null}
        />
      ) : null}
    </TopicPage>
  );
}
