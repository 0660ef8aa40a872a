import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { EventList } from '../components/EventList.js';
import { JobFacts } from '../components/JobFacts.js';
import { ListSection } from '../components/ListSection.js';
import { NetworkNotice } from '../components/NetworkNotice.js';
import { PayoutTable } from '../components/PayoutTable.js';
import { RecordedBadge } from '../components/RecordedBadge.js';
import { StatusBadge } from '../components/StatusBadge.js';
import { TaskTable } from '../components/TaskTable.js';
import { Timeline } from '../components/Timeline.js';
import { ask } from '../data/ask.js';
import { jobQuery } from '../data/jobQueries.js';
import { shortenPair, toArgsText, withShortName } from '../data/shorten.js';
import { toClean, toCount, toCounted, toShort } from '../format.js';
import { parseId } from '../listState.js';

export const handle = { live: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Job ${toShort(data.job.nativeId)} · Computescan` : 'Not found · Computescan' },
];

/** A job may split into thousands of tasks: the page shows the first, says so, and asks for one more to know. */
const MAX_TASKS = 200;
const MAX_STEPS = 300;
const MAX_PAYOUTS = 100;
const MAX_EVENTS = 200;

export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  const job = id ? (await ask(context, jobQuery, { id })).job : null;
  if (!job) throw new Response(null, { status: 404 });
  const { tasks, steps, payouts, events, attributes, provider, ...rest } = job;
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
    taskNumbers: tasks.map((task) => [task.id, task.index] as const),
    hasMoreSteps: steps.length > MAX_STEPS,
    hasMorePayouts: payouts.length > MAX_PAYOUTS,
    hasMoreEvents: events.length > MAX_EVENTS,
  };
}

export default function Job() {
  const { job, taskNumbers, hasMoreSteps, hasMorePayouts, hasMoreEvents } = useLoaderData<typeof loader>();
  const { network, tasks, payouts, events } = job;
  const { recorded, capabilities } = network;
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            Job <StatusBadge status={job.status} derived={job.derived} />{' '}
            {recorded ? <RecordedBadge notice={network.notice} /> : null}
          </p>
          <h1>
            Job <span className="id">{toShort(job.nativeId)}</span>
          </h1>
          <p>
            <code className="wrap">{toClean(job.nativeId, 200)}</code>
          </p>
        </div>
      </div>
      <NetworkNotice network={network} />
      <JobFacts job={job} />
      <ListSection title="Tasks" count={tasks.length} capabilities={capabilities} capability="jobs">
        <TaskTable
          caption={
            tasks.length < job.volume
              ? `${toCount(tasks.length)} of ${toCounted(job.volume, 'task')}: the others have not started or are not shown`
              : job.volume === 1
                ? 'The only task'
                : `All ${toCounted(job.volume, 'task')}`
          }
          tasks={tasks}
          recorded={recorded}
        />
      </ListSection>
      <div className="columns">
        <ListSection title="Timeline" count={job.steps.length} capabilities={capabilities} capability="jobs">
          <Timeline steps={job.steps} taskNumbers={new Map(taskNumbers)} recorded={recorded} />
          {hasMoreSteps ? <p className="muted">Later steps are not shown; they are on the chain.</p> : null}
        </ListSection>
        <ListSection title="Payouts" count={payouts.length} capabilities={capabilities} capability="payout">
          <PayoutTable
            caption={
              hasMorePayouts
                ? `The first ${toCounted(payouts.length, 'payout')}, in the order of the chain`
                : 'All payouts, in the order of the chain'
            }
            payouts={payouts}
            recorded={recorded}
          />
        </ListSection>
      </div>
      <EventList events={events} hasMore={hasMoreEvents} />
    </>
  );
}
