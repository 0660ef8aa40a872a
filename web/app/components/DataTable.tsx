import type { ReactNode } from 'react';
import { TableRow } from './tableParts.js';

export interface DataTableProps {
  readonly caption: ReactNode;
  /** Name of the scroll region, for keyboard and screen reader. */
  readonly label: string;
  readonly head: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A table in a region that scrolls on its own, so that the page never does sideways; on a phone its rows are cards. */
export function DataTable({ caption, label, head, children, className = '' }: DataTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={`table-region ${className}`} aria-label={label} tabIndex={0}>
      {/* biome-ignore lint/a11y/noRedundantRoles: kept where CSS changes its display. */}
      <table role="table">
        <caption>{caption}</caption>
        {/* biome-ignore lint/a11y/noRedundantRoles: kept where CSS changes its display. */}
        <thead role="rowgroup">
          <TableRow>{head}</TableRow>
        </thead>
        {/* biome-ignore lint/a11y/noRedundantRoles: kept where CSS changes its display. */}
        <tbody role="rowgroup">{children}</tbody>
      </table>
    </section>
  );
}
