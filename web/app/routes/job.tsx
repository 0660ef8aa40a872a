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
import { toClean, toCount, toShort } from '../format.js';
import { parseId } from '../listState.js';

export const handle = { live: true };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Job ${toShort(data.job.nativeId)} · Computescan` : 'Not found · Computescan' },
];

/** A job may split into thousands of tasks: the page shows the first, says so, and asks for one more to know. */
const MAX_TASKS = 200;
const MAX_STEPS = 300;

export async function loader({ context, params }: LoaderFunctionArgs) {
  const id = parseId(params.id);
  const job = id ? (await ask(context, jobQuery, { id })).job : null;
  if (!job) throw new Response(null, { status: 404 });
  const { tasks, steps, ...rest } = job;
  return {
    job: { ...rest, tasks: tasks.slice(0, MAX_TASKS), steps: steps.slice(0, MAX_STEPS) },
    taskNumbers: tasks.map((task) => [task.id, task.index] as const),
    hasMoreSteps: steps.length > MAX_STEPS,
  };
}

export default function Job() {
  const { job, taskNumbers, hasMoreSteps } = useLoaderData<typeof loader>();
  const { network, tasks, payouts, events } = job;
  const { recorded, capabilities } = network;
  return (
    <>
      <div className="page-head">
        <div>
          <p className="kicker">
            Job <StatusBadge status={job.status} /> {recorded ? <RecordedBadge notice={network.notice} /> : null}
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
              ? `${toCount(tasks.length)} of ${toCount(job.volume)} tasks: the others have not started or are not shown`
              : `All ${toCount(job.volume)} tasks`
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
            caption={payouts.length < 100 ? 'All payouts, latest first' : 'The latest 100 payouts'}
            payouts={payouts}
            recorded={recorded}
          />
        </ListSection>
      </div>
      <EventList events={events} />
    </>
  );
}
