import { Link } from '@remix-run/react';
import { DataTable } from './DataTable.js';
import type { JobRow } from './JobTable.js';
import { NoValue } from './Missing.js';
import { Price } from './Price.js';
import { ShortId } from './ShortId.js';
import { StatusBadge } from './StatusBadge.js';
import { TaskCount } from './TaskCount.js';
import { When } from './When.js';

export interface ProviderJobsProps {
  readonly caption: string;
  readonly jobs: readonly Omit<JobRow, 'network' | 'provider' | 'buyer' | 'endedAt'>[];
  readonly recorded: boolean;
}

/** The jobs of one provider: shorter than the list of all, since the page has already said whose they are. */
export function ProviderJobs({ caption, jobs, recorded }: ProviderJobsProps) {
  return (
    <DataTable
      caption={caption}
      label="Latest jobs"
      head={
        <>
          <th scope="col">Job</th>
          <th scope="col">Status</th>
          <th scope="col" className="number">
            Tasks
          </th>
          <th scope="col" className="number">
            Price
          </th>
          <th scope="col" className="number">
            Created (UTC)
          </th>
        </>
      }
    >
      {jobs.map((job) => (
        <tr key={job.id}>
          <th scope="row">
            <Link to={`/jobs/${encodeURIComponent(job.id)}`}>
              <ShortId id={job.nativeId} />
            </Link>
          </th>
          <td>
            <StatusBadge status={job.status} />
          </td>
          <td className="number">
            <TaskCount completed={job.tasksCompleted} failed={job.tasksFailed} volume={job.volume} />
          </td>
          <td className="number">{job.price ? <Price price={job.price} /> : <NoValue />}</td>
          <td className="number">
            <When at={job.createdAt} recordedHeight={recorded ? job.createdHeight : undefined} />
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
