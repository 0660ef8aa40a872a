import type { Line } from '../charts/toSeries.js';
import { toCount } from '../format.js';
import { useText } from '../i18n/useText.js';
import { type ActivityDay, ActivityTable } from './ActivityTable.js';
import { EmptyState } from './EmptyState.js';
import { SeriesFigure } from './SeriesFigure.js';

export interface ActivityFigureProps {
  readonly days: readonly ActivityDay[];
  /** Whose activity it is: a network's title, or all. */
  readonly subject: string;
}

/** Tasks per day: one chart, and beside it the same numbers as a table. */
export function ActivityFigure({ days, subject }: ActivityFigureProps) {
  const t = useText();
  const completed = sum(days.map((day) => day.tasksCompleted));
  const failed = sum(days.map((day) => day.tasksFailed));
  if (days.length === 0) {
    return (
      <EmptyState title={t('No job has been recorded yet.')}>{t('The chart appears with the first one.')}</EmptyState>
    );
  }
  const sentence = t('{subject}: {completed} tasks completed and {failed} failed in the last {days} days', {
    ...{ subject, completed: toCount(completed), failed: toCount(failed), days: days.length },
  });
  const toLine = (find: (day: ActivityDay) => string): Line['points'] =>
    days.map((day) => ({ from: `${day.date}T00:00:00.000Z`, value: find(day), inProgress: day.inProgress }));
  return (
    <div className="figure-and-table">
      <SeriesFigure
        lines={[
          { label: t('Completed'), colour: '--chart-completed', points: toLine((day) => day.tasksCompleted) },
          { label: t('Failed'), colour: '--chart-failed', points: toLine((day) => day.tasksFailed) },
        ]}
        unit={{ unit: 'count', token: null }}
        interval="day"
        shape="bars"
        label={sentence}
        yTitle={t('Tasks that ended')}
      />
      <ActivityTable days={days} caption={sentence} />
    </div>
  );
}

function sum(values: readonly string[]): string {
  return values.reduce((total, value) => total + BigInt(value), 0n).toString();
}
