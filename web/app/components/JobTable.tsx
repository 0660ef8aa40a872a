import { useRef } from 'react';
import { toClean, toCount } from '../format.js';
import type { Translate } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import type { Sorting } from '../listState.js';
import { useGlide } from '../useGlide.js';
import { DataTable } from './DataTable.js';
import { JobName } from './JobName.js';
import { NoValue } from './Missing.js';
import { NetworkName, type NetworkNameProps } from './NetworkName.js';
import { Price, type PriceProps } from './Price.js';
import { ProviderName, type ProviderNameProps } from './ProviderName.js';
import { ShortId } from './ShortId.js';
import { SortHeader } from './SortHeader.js';
import { StatusBadge, toStatusLabel } from './StatusBadge.js';
import { TaskCount } from './TaskCount.js';
import { Cell, ColumnHead, RowHead, TableRow } from './tableParts.js';
import { When } from './When.js';

export interface JobRow {
  readonly id: string;
  readonly nativeId: string;
  readonly status: string;
  /** Over by its deadline; the chain does not say so. */
  readonly derived: boolean;
  readonly volume: number;
  readonly tasksCompleted: number;
  readonly tasksFailed: number;
  readonly buyer: string | null;
  readonly createdAt: string;
  readonly createdHeight: string;
  readonly endedAt: string | null;
  readonly network: NetworkNameProps['network'];
  readonly provider: ProviderNameProps['provider'] | null;
  readonly price: PriceProps['price'] | null;
}

export interface JobTableProps {
  /** What of, where it is not of all: the title of a network, a status. */
  readonly network: string | undefined;
  readonly status: string | undefined;
  readonly jobs: readonly JobRow[];
  readonly sorting: Sorting<string>;
  readonly toHref: (sorting: Sorting<string>) => string;
}

export const jobSortKeys = ['id', 'volume', 'createdAt', 'endedAt'] as const;

export function JobTable({ network, status, jobs, sorting, toHref }: JobTableProps) {
  const t = useText();
  const sort = { sorting, toHref };
  const body = useRef<HTMLTableSectionElement>(null);
  useGlide(body, JSON.stringify([sorting, network, status]));
  return (
    <DataTable
      caption={toCaption(t, network, status)}
      label={t('Jobs')}
      className="list"
      bodyRef={body}
      head={
        <>
          <SortHeader label={t('Job')} sortKey="id" first="asc" {...sort} />
          <ColumnHead>{t('Status')}</ColumnHead>
          <SortHeader
            label={t('Tasks')}
            sortKey="volume"
            title={t('Completed of all; sorts by all')}
            numeric
            {...sort}
          />
          <ColumnHead>{t('Provider')}</ColumnHead>
          <ColumnHead className="number">{t('Price')}</ColumnHead>
          <ColumnHead>{t('Buyer')}</ColumnHead>
          <ColumnHead className="network">{t('Network')}</ColumnHead>
          <SortHeader label={t('Created (UTC)')} sortKey="createdAt" numeric {...sort} />
          <SortHeader label={t('Ended (UTC)')} sortKey="endedAt" numeric {...sort} />
        </>
      }
    >
      {jobs.map((job) => (
        <Row key={job.id} job={job} />
      ))}
    </DataTable>
  );
}

function toCaption(t: Translate, title: string | undefined, status: string | undefined): string {
  const values = { status: status ? t(toStatusLabel(status)) : '', network: title ? toClean(title, 60) : '' };
  if (title) return status ? t('Jobs of {network} that are “{status}”', values) : t('Jobs of {network}', values);
  return status ? t('Jobs of all networks that are “{status}”', values) : t('Jobs of all networks');
}

function Row({ job }: { readonly job: JobRow }) {
  const t = useText();
  const recorded = job.network.recorded;
  return (
    <TableRow>
      <RowHead>
        <JobName job={job} />
        <span className="narrow-only">
          <NetworkName network={job.network} />
        </span>
      </RowHead>
      <Cell label={t('Status')}>
        <StatusBadge status={job.status} derived={job.derived} />
      </Cell>
      <Cell label={t('Tasks')} className="number">
        <TaskCount completed={job.tasksCompleted} failed={job.tasksFailed} volume={job.volume} />
      </Cell>
      <Cell label={t('Provider')}>
        {job.provider ? <ProviderName provider={job.provider} /> : <NoValue reason={t('Not assigned')} />}
      </Cell>
      <Cell label={t('Price')} className="number">
        {job.price ? <Price price={job.price} /> : <NoValue />}
      </Cell>
      <Cell label={t('Buyer')}>
        {job.buyer ? <ShortId id={job.buyer} /> : <NoValue reason={t('No buyer named')} />}
      </Cell>
      <Cell label={t('Network')} className="network">
        <NetworkName network={job.network} />
      </Cell>
      <Cell label={t('Created (UTC)')} className="number">
        <When at={job.createdAt} recordedHeight={recorded ? job.createdHeight : undefined} />
      </Cell>
      <Cell label={t('Ended (UTC)')} className="number">
        {job.endedAt && !recorded ? <When at={job.endedAt} /> : <NoValue reason={toReason(job, t)} />}
      </Cell>
    </TableRow>
  );
}

function toReason({ endedAt, derived, createdHeight }: JobRow, t: Translate): string {
  if (endedAt) return t('Ended after block {height}', { height: toCount(createdHeight) });
  return derived ? t('Over by its deadline') : t('Not ended yet');
}
