import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData, useLocation } from '@remix-run/react';
import { useEffect, useState } from 'react';
import { EventList } from '../components/EventList.js';
import { JobFacts } from '../components/JobFacts.js';
import { LikeJobs } from '../components/LikeJobs.js';
import { ListSection } from '../components/ListSection.js';
import { LiveMark } from '../components/LiveMark.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { PayoutTable } from '../components/PayoutTable.js';
import { RecordedBadge } from '../components/RecordedBadge.js';
import { WholeId } from '../components/ShortId.js';
import { ShowGraphql } from '../components/ShowGraphql.js';
import { StatusBadge } from '../components/StatusBadge.js';
import { TakenBackNotice } from '../components/TakenBackNotice.js';
import { TaskTable } from '../components/TaskTable.js';
import { Timeline } from '../components/Timeline.js';
import { ask, askWithSource } from '../data/ask.js';
import { jobQuery, recordQuery } from '../data/jobQueries.js';
import { toJobStream } from '../data/liveQueries.js';
import { shortenPair, toArgsText, withShortName } from '../data/shorten.js';
import { toCount, toShort } from '../format.js';
import type { Translate } from '../i18n/text.js';
import { textOf, useText } from '../i18n/useText.js';
import { parseId } from '../listState.js';
import { rememberShown } from '../takenBack.js';
import { toLikeRecord } from '../toLikeRecord.js';
import { type Told, useStream } from '../useStream.js';
import { useTakenBack } from '../useTakenBack.js';

export const handle = { live: true };

export const meta: MetaFunction<typeof loader> = ({ data, matches }) => {
  const t = textOf(matches);
  const title = data ? t('Job {id}', { id: toShort(data.job.nativeId) }) : t('Not found');
  return [
    { title: `${title} · Computescan` },
    { name: 'description', content: t('Every step of one job, with its transaction, its cost and its time left.') },
  ];
};

/** A job may split into thousands of tasks: the page shows the first, says so, and asks for one more to know. */
const MAX_TASKS = 200;
const MAX_STEPS = 300;
const MAX_PAYOUTS = 100;
const MAX_EVENTS = 200;

export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  if (!id) throw new Response(null, { status: 404 });
  const { data, source } = await askWithSource(context, jobQuery, { id });
  const { job } = data;
  if (!job) throw new Response(null, { status: 404 });
  const { tasks, steps, payouts, events, attributes, provider, ...rest } = job;
  // A question of its own: together they would ask for more rows than one may.
  const record = provider && (await ask(context, recordQuery, { id: provider.id })).provider;
  return {
    job: {
      ...rest,
      provider: provider && withShortName(provider),
      attributes: attributes.map(shortenPair),
      tasks: tasks.slice(0, MAX_TASKS),
      steps: steps.slice(0, MAX_STEPS),
      payouts: payouts.slice(0, MAX_PAYOUTS),
      events: events.slice(0, MAX_EVENTS).map((event) => ({ ...event, args: toArgsText(event.args) })),
    },
    record: record && { ...toLikeRecord(job, record.jobs), score: record.score },
    taskNumbers: tasks.map((task) => [task.id, task.index] as const),
    hasMoreSteps: steps.length > MAX_STEPS,
    hasMorePayouts: payouts.length > MAX_PAYOUTS,
    hasMoreEvents: events.length > MAX_EVENTS,
    stream: toJobStream(context, { id: job.id }),
    source,
  };
}

export default function Job() {
  const t = useText();
  const { job, record, taskNumbers, stream, source, ...more } = useLoaderData<typeof loader>();
  const { network, tasks, payouts, events } = job;
  const { recorded, capabilities } = network;
  const { explorer } = network.chain;
  const taken = useTakenBack(job);
  const [retraction, setRetraction] = useState<Told & { readonly of: string }>();
  const state = useStream(stream, (told) => told.retracted && setRetraction({ ...told, of: job.id }));
  const { pathname } = useLocation();
  // Where the chain takes the whole job back, the error page can say that it was there.
  useEffect(() => rememberShown(pathname), [pathname]);
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            {t('Job')} <StatusBadge status={job.status} derived={job.derived} />{' '}
            {recorded ? <RecordedBadge notice={network.notice} /> : <LiveMark state={state} />}
          </p>
          <h1>
            {t('Job')} <span className="id">{toShort(job.nativeId)}</span>
          </h1>
          <p>
            <WholeId id={job.nativeId} />
          </p>
        </div>
      </div>
      <NetworkNotice network={network} />
      <TakenBackNotice
        {...taken}
        status={job.status}
        height={retraction?.of === job.id ? (retraction.block?.number ?? null) : null}
      />
      <JobFacts job={job} />
      <ListSection title={t('Tasks')} count={tasks.length} capabilities={capabilities} capability="jobs">
        <TaskTable caption={toTaskCaption(t, tasks.length, job.volume)} tasks={tasks} recorded={recorded} />
      </ListSection>
      <div className="columns">
        <ListSection title={t('Timeline')} count={taken.steps.length} capabilities={capabilities} capability="jobs">
          <Timeline steps={taken.steps} taskNumbers={new Map(taskNumbers)} recorded={recorded} explorer={explorer} />
          {more.hasMoreSteps ? <p className="muted">{t('Later steps are not shown; they are on the chain.')}</p> : null}
        </ListSection>
        <div>
          <ListSection title={t('Payouts')} count={payouts.length} capabilities={capabilities} capability="payout">
            <PayoutTable
              caption={
                more.hasMorePayouts
                  ? t('The first {n} payouts, in the order of the chain', { n: toCount(payouts.length) })
                  : t('All payouts, in the order of the chain')
              }
              payouts={payouts}
              recorded={recorded}
              explorer={explorer}
            />
          </ListSection>
          {job.provider && record ? (
            <LikeJobs record={record} providerId={job.provider.id} score={record.score} />
          ) : null}
        </div>
      </div>
      <EventList events={events} hasMore={more.hasMoreEvents} explorer={explorer} />
      <ShowGraphql question={source} />
    </>
  );
}

function toTaskCaption(t: Translate, shown: number, volume: number): string {
  if (shown < volume) {
    return t.count(
      volume,
      '{shown} of {n} task: the others have not started or are not shown',
      '{shown} of {n} tasks: the others have not started or are not shown',
      { shown: toCount(shown) },
    );
  }
  return t.count(volume, 'The only task', 'All {n} tasks');
}
