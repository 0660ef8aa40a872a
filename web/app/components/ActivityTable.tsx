import { toCount } from '../format.js';
import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';

export interface ActivityDay {
  readonly date: string;
  readonly jobs: string;
  readonly tasksCompleted: string;
  readonly tasksFailed: string;
  readonly inProgress: boolean;
}

/** The chart's twin: the same numbers as text, newest first. */
export function ActivityTable({ days, caption }: { readonly days: readonly ActivityDay[]; readonly caption: string }) {
  const t = useText();
  return (
    <DataTable
      caption={caption}
      label={t('Tasks per day, as a table')}
      className="activity-table"
      head={
        <>
          <ColumnHead>{t('Day (UTC)')}</ColumnHead>
          <ColumnHead className="number">{t('Completed')}</ColumnHead>
          <ColumnHead className="number">{t('Failed')}</ColumnHead>
          <ColumnHead className="number">{t('New jobs')}</ColumnHead>
        </>
      }
    >
      {days.toReversed().map((day) => (
        <TableRow key={day.date} data-day={day.date}>
          <RowHead>{day.inProgress ? t('{time} so far', { time: day.date }) : day.date}</RowHead>
          <Cell label={t('Completed')} className="number">
            {toCount(day.tasksCompleted)}
          </Cell>
          <Cell label={t('Failed')} className="number">
            {toCount(day.tasksFailed)}
          </Cell>
          <Cell label={t('New jobs')} className="number">
            {toCount(day.jobs)}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
