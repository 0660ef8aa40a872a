import type { ReactNode, RefObject } from 'react';
import type { ListView } from '../toFiles.js';
import { type KeptRow, KeptRows } from './KeptRows.js';
import { ListFiles } from './ListFiles.js';
import { type Question, ShowGraphql } from './ShowGraphql.js';
import { TableRow } from './tableParts.js';

export interface DataTableProps {
  readonly caption: ReactNode;
  /** Name of the scroll region, for keyboard and screen reader. */
  readonly label: string;
  readonly head: ReactNode;
  readonly children?: ReactNode;
  /** In the place of children: rows of a long list, which the server keeps once they are written. */
  readonly rows?: readonly KeptRow[];
  readonly className?: string;
  /** Of the rows that are children. */
  readonly bodyRef?: RefObject<HTMLTableSectionElement>;
  /** The question that its rows answer: shown below, with their files. */
  readonly source?: Question;
  /** Where its rows are a list of the API by themselves: the files of it. */
  readonly files?: ListView;
}

/** A table in a region that scrolls on its own, so that the page never does sideways; on a phone its rows are cards. */
export function DataTable(props: DataTableProps) {
  const { caption, label, head, children, rows, className = '', bodyRef, source, files } = props;
  const table = (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={`table-region ${className}`} aria-label={label} tabIndex={0}>
      {/* biome-ignore lint/a11y/noRedundantRoles: kept where CSS changes its display. */}
      <table role="table">
        <caption>{caption}</caption>
        {/* biome-ignore lint/a11y/noRedundantRoles: kept where CSS changes its display. */}
        <thead role="rowgroup">
          <TableRow>{head}</TableRow>
        </thead>
        {rows ? (
          <KeptRows rows={rows} />
        ) : (
          // biome-ignore lint/a11y/noRedundantRoles: kept where CSS changes its display.
          <tbody role="rowgroup" ref={bodyRef}>
            {children}
          </tbody>
        )}
      </table>
    </section>
  );
  if (!source && !files) return table;
  return (
    <>
      {table}
      {files ? <ListFiles view={files} /> : null}
      {source ? <ShowGraphql question={source} /> : null}
    </>
  );
}
