import { toCount } from '../format.js';
import { DataTable } from './DataTable.js';

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
          <th scope="col">Day (UTC)</th>
          <th scope="col" className="number">
            Completed
          </th>
          <th scope="col" className="number">
            Failed
          </th>
          <th scope="col" className="number">
            New jobs
          </th>
        </>
      }
    >
      {days.toReversed().map((day) => (
        <tr key={day.date} data-day={day.date}>
          <th scope="row">
            {day.date}
            {day.inProgress ? <span className="age"> so far</span> : null}
          </th>
          <td className="number">{toCount(day.tasksCompleted)}</td>
          <td className="number">{toCount(day.tasksFailed)}</td>
          <td className="number">{toCount(day.jobs)}</td>
        </tr>
      ))}
    </DataTable>
  );
}
