import { toCount } from '../format.js';
import type { Sorting } from '../listState.js';
import { DataTable } from './DataTable.js';
import { Link } from './Link.js';
import { NoValue } from './Missing.js';
import { NetworkName, type NetworkNameProps } from './NetworkName.js';
import { Price, type PriceProps } from './Price.js';
import { ProviderName, type ProviderNameProps } from './ProviderName.js';
import { ShortId } from './ShortId.js';
import { SortHeader } from './SortHeader.js';
import { StatusBadge } from './StatusBadge.js';
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
  readonly caption: string;
  readonly jobs: readonly JobRow[];
  readonly sorting: Sorting<string>;
  readonly toHref: (sorting: Sorting<string>) => string;
}

export const jobSortKeys = ['id', 'volume', 'createdAt', 'endedAt'] as const;

export function JobTable({ caption, jobs, sorting, toHref }: JobTableProps) {
  const sort = { sorting, toHref };
  return (
    <DataTable
      caption={caption}
      label="Jobs"
      className="list"
      head={
        <>
          <SortHeader label="Job" sortKey="id" first="asc" {...sort} />
          <ColumnHead>Status</ColumnHead>
          <SortHeader label="Tasks" sortKey="volume" title="Completed of all; sorts by all" numeric {...sort} />
          <ColumnHead>Provider</ColumnHead>
          <ColumnHead className="number">Price</ColumnHead>
          <ColumnHead>Buyer</ColumnHead>
          <ColumnHead className="network">Network</ColumnHead>
          <SortHeader label="Created (UTC)" sortKey="createdAt" numeric {...sort} />
          <SortHeader label="Ended (UTC)" sortKey="endedAt" numeric {...sort} />
        </>
      }
    >
      {jobs.map((job) => (
        <Row key={job.id} job={job} />
      ))}
    </DataTable>
  );
}

function Row({ job }: { readonly job: JobRow }) {
  const recorded = job.network.recorded;
  return (
    <TableRow>
      <RowHead>
        <Link to={`/jobs/${encodeURIComponent(job.id)}`}>
          <ShortId id={job.nativeId} />
        </Link>
        <span className="narrow-only">
          <NetworkName network={job.network} />
        </span>
      </RowHead>
      <Cell label="Status">
        <StatusBadge status={job.status} derived={job.derived} />
      </Cell>
      <Cell label="Tasks" className="number">
        <TaskCount completed={job.tasksCompleted} failed={job.tasksFailed} volume={job.volume} />
      </Cell>
      <Cell label="Provider">
        {job.provider ? <ProviderName provider={job.provider} /> : <NoValue reason="Not assigned" />}
      </Cell>
      <Cell label="Price" className="number">
        {job.price ? <Price price={job.price} /> : <NoValue />}
      </Cell>
      <Cell label="Buyer">{job.buyer ? <ShortId id={job.buyer} /> : <NoValue reason="No buyer named" />}</Cell>
      <Cell label="Network" className="network">
        <NetworkName network={job.network} />
      </Cell>
      <Cell label="Created (UTC)" className="number">
        <When at={job.createdAt} recordedHeight={recorded ? job.createdHeight : undefined} />
      </Cell>
      <Cell label="Ended (UTC)" className="number">
        {job.endedAt && !recorded ? <When at={job.endedAt} /> : <NoValue reason={toReason(job)} />}
      </Cell>
    </TableRow>
  );
}

function toReason({ endedAt, derived, createdHeight }: JobRow): string {
  if (endedAt) return `Ended after block ${toCount(createdHeight)}`;
  return derived ? 'Over by its deadline' : 'Not ended yet';
}
