import { ChartCanvas } from '../charts/ChartCanvas.js';
import { toActivitySeries } from '../charts/toActivitySeries.js';
import { toCount, toCounted } from '../format.js';
import { type ActivityDay, ActivityTable } from './ActivityTable.js';
import { EmptyState } from './EmptyState.js';

export interface ActivityFigureProps {
  readonly days: readonly ActivityDay[];
  /** Whose activity it is: a network's title, or all. */
  readonly subject: string;
}

/** Tasks per day: one chart, and beside it the same numbers as a table. */
export function ActivityFigure({ days, subject }: ActivityFigureProps) {
  const completed = sum(days.map((day) => day.tasksCompleted));
  const failed = sum(days.map((day) => day.tasksFailed));
  if (days.length === 0) {
    return <EmptyState title="No job has been recorded yet.">The chart appears with the first one.</EmptyState>;
  }
  const sentence = `${subject}: ${toCounted(completed, 'task')} completed and ${toCount(failed)} failed in the last ${toCounted(days.length, 'day')}`;
  return (
    <div className="figure-and-table">
      <figure>
        <figcaption>
          <span className="legend">
            <span className="swatch swatch-completed" aria-hidden="true" /> Completed
          </span>
          <span className="legend">
            <span className="swatch swatch-failed" aria-hidden="true" /> Failed
          </span>
          <span className="legend">
            <span className="swatch swatch-open" aria-hidden="true" /> Day in progress
          </span>
        </figcaption>
        <ChartCanvas series={toActivitySeries(days)} label={sentence} />
      </figure>
      <ActivityTable days={days} caption={sentence} />
    </div>
  );
}

function sum(values: readonly string[]): string {
  return values.reduce((total, value) => total + BigInt(value), 0n).toString();
}
