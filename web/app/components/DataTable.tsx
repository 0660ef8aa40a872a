import type { ReactNode } from 'react';

export interface DataTableProps {
  readonly caption: ReactNode;
  /** Name of the scroll region, for keyboard and screen reader. */
  readonly label: string;
  readonly head: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A table in a region that scrolls on its own, so that a phone's page never does sideways. */
export function DataTable({ caption, label, head, children, className = '' }: DataTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={`table-region ${className}`} aria-label={label} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}
