import type { LoaderFunctionArgs } from '@remix-run/node';
import { ask } from '../data/ask.js';
import { findFileHead } from '../data/findFileHead.js';
import { ACTIVITY_DAYS, activityQuery } from '../data/networkQueries.js';
import { readNetwork } from '../listState.js';
import { toCsv } from '../toCsv.js';
import { toCsvResponse } from '../toCsvResponse.js';

/** Tasks per day, as the first page draws them. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const network = readNetwork(new URL(request.url).searchParams);
  const [{ activity }, head] = await Promise.all([
    ask(context, activityQuery, { network, days: ACTIVITY_DAYS }),
    findFileHead(context),
  ]);
  const csv = toCsv([
    ['title', 'Tasks per day'],
    ['definition', 'Tasks that were completed and that failed, and jobs that were agreed, on each day (UTC)'],
    ['unit', 'count'],
    ['network', network ?? 'all'],
    ...head,
    [],
    ['day', 'tasks completed', 'tasks failed', 'new jobs', 'in progress'],
    ...activity.map((day) => [
      ...[day.date, day.tasksCompleted, day.tasksFailed, day.jobs, day.inProgress ? 'yes' : 'no'],
    ]),
  ]);
  return toCsvResponse(`tasks-per-day-${network ?? 'all'}`, csv);
}
