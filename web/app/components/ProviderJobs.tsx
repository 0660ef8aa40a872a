import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { JobName } from './JobName.js';
import type { JobRow } from './JobTable.js';
import { NoValue } from './Missing.js';
import { Price } from './Price.js';
import { StatusBadge } from './StatusBadge.js';
import { TaskCount } from './TaskCount.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface ProviderJobsProps {
  readonly caption: string;
  readonly jobs: readonly Omit<JobRow, 'network' | 'provider' | 'buyer' | 'endedAt'>[];
  readonly recorded: boolean;
}

/** The jobs of one provider: shorter than the list of all, since the page has already said whose they are. */
export function ProviderJobs({ caption, jobs, recorded }: ProviderJobsProps) {
  const t = useText();
  return (
    <DataTable
      caption={caption}
      label={t('Latest jobs')}
      head={
        <>
          <ColumnHead>{t('Job')}</ColumnHead>
          <ColumnHead>{t('Status')}</ColumnHead>
          <ColumnHead className="number">{t('Tasks')}</ColumnHead>
          <ColumnHead className="number">{t('Price')}</ColumnHead>
          <ColumnHead className="number">{t('Created (UTC)')}</ColumnHead>
        </>
      }
    >
      {jobs.map((job) => (
        <TableRow key={job.id}>
          <RowHead>
            <JobName job={job} />
          </RowHead>
          <Cell label={t('Status')}>
            <StatusBadge status={job.status} derived={job.derived} />
          </Cell>
          <Cell label={t('Tasks')} className="number">
            <TaskCount completed={job.tasksCompleted} failed={job.tasksFailed} volume={job.volume} />
          </Cell>
          <Cell label={t('Price')} className="number">
            {job.price ? <Price price={job.price} /> : <NoValue />}
          </Cell>
          <Cell label={t('Created (UTC)')} className="number">
            <When at={job.createdAt} recordedHeight={recorded ? job.createdHeight : undefined} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
