import type { Sorting } from '../listState.js';
import { Link } from './Link.js';
import { ColumnHead } from './tableParts.js';

export interface SortHeaderProps {
  readonly label: string;
  readonly sortKey: string;
  readonly sorting: Sorting<string>;
  /** Where a click leads: the same list in the order given. */
  readonly toHref: (sorting: Sorting<string>) => string;
  readonly title?: string;
  readonly numeric?: boolean;
  /** The direction of the first click. */
  readonly first?: 'asc' | 'desc';
}

export function SortHeader({ label, sortKey, sorting, toHref, title, numeric, first = 'desc' }: SortHeaderProps) {
  const active = sorting.key === sortKey;
  const next = active ? (sorting.direction === 'desc' ? 'asc' : 'desc') : first;
  return (
    <ColumnHead
      className={numeric ? 'sortable number' : 'sortable'}
      aria-sort={active ? (sorting.direction === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      <Link to={toHref({ key: sortKey, direction: next })} title={title} preventScrollReset className="sort">
        {label}
        <span aria-hidden="true" className="sort-sign">
          {active ? (sorting.direction === 'asc' ? '▲' : '▼') : '↕'}
        </span>
      </Link>
    </ColumnHead>
  );
}
