import { toCount } from '../format.js';
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
  return (
    <DataTable
      caption={caption}
      label="Tasks per day, as a table"
      className="activity-table"
      head={
        <>
          <ColumnHead>Day (UTC)</ColumnHead>
          <ColumnHead className="number">Completed</ColumnHead>
          <ColumnHead className="number">Failed</ColumnHead>
          <ColumnHead className="number">New jobs</ColumnHead>
        </>
      }
    >
      {days.toReversed().map((day) => (
        <TableRow key={day.date} data-day={day.date}>
          <RowHead>
            {day.date}
            {day.inProgress ? <span className="age"> so far</span> : null}
          </RowHead>
          <Cell label="Completed" className="number">
            {toCount(day.tasksCompleted)}
          </Cell>
          <Cell label="Failed" className="number">
            {toCount(day.tasksFailed)}
          </Cell>
          <Cell label="New jobs" className="number">
            {toCount(day.jobs)}
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
