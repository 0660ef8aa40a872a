import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { TopicPage } from '../components/TopicPage.js';
import { findTopic } from '../data/findTopic.js';
import { textOf } from '../i18n/useText.js';
import { reliability as topic } from '../topics.js';

export const handle = { live: true, distinct: ['network'] };

export const meta: MetaFunction = ({ matches }) => [
  { title: `${textOf(matches)(topic.title)} · Computescan` },
  { name: 'description', content: textOf(matches)(topic.lead) },
];

export async function loader({ context, request }: LoaderFunctionArgs) {
  return findTopic(context, topic, new URL(request.url).searchParams);
}

export default function Page() {
  return <TopicPage topic={topic} data={useLoaderData<typeof loader>()} />;
}
