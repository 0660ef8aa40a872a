import { useText } from '../i18n/useText.js';
import { DataTable } from './DataTable.js';
import { JobName } from './JobName.js';
import { NoValue } from './Missing.js';
import { ShortPublicId } from './ShortId.js';
import { StatusBadge } from './StatusBadge.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface AttemptRow {
  readonly id: string;
  readonly at: string;
  readonly height: string;
  readonly task: string;
  readonly job: {
    readonly id: string;
    readonly nativeId: string;
    readonly status: string;
    readonly derived: boolean;
  } | null;
}

export interface AttemptTableProps {
  readonly caption: string;
  readonly attempts: readonly AttemptRow[];
  readonly recorded: boolean;
}

/** Tasks that a machine took on, with how their jobs stand. */
export function AttemptTable({ caption, attempts, recorded }: AttemptTableProps) {
  const t = useText();
  return (
    <DataTable
      caption={caption}
      label={t('Tasks it took on')}
      head={
        <>
          <ColumnHead>{t('Task')}</ColumnHead>
          <ColumnHead>{t('Job')}</ColumnHead>
          <ColumnHead>{t('Job status')}</ColumnHead>
          <ColumnHead className="number">{t('Taken on (UTC)')}</ColumnHead>
        </>
      }
    >
      {attempts.map(({ id, at, height, task, job }) => (
        <TableRow key={id}>
          <RowHead>
            <ShortPublicId id={task} copies />
          </RowHead>
          <Cell label={t('Job')}>{job ? <JobName job={job} /> : <NoValue reason={t('Its job is not known')} />}</Cell>
          <Cell label={t('Job status')}>
            {job ? (
              <StatusBadge status={job.status} derived={job.derived} />
            ) : (
              <NoValue reason={t('Its job is not known')} />
            )}
          </Cell>
          <Cell label={t('Taken on (UTC)')} className="number">
            <When at={at} recordedHeight={recorded ? height : undefined} />
          </Cell>
        </TableRow>
      ))}
    </DataTable>
  );
}
