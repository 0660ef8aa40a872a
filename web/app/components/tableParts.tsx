import type { ComponentPropsWithoutRef } from 'react';

/*
 * The parts of a table, each with its role named: on a phone CSS lays rows out as cards, and a table whose display is
 * changed is no table any more to some screen readers.
 */

export function TableRow(props: ComponentPropsWithoutRef<'tr'>) {
  // biome-ignore lint/a11y/noRedundantRoles: kept where CSS changes its display.
  return <tr role="row" {...props} />;
}

export function ColumnHead(props: ComponentPropsWithoutRef<'th'>) {
  // biome-ignore lint/a11y/noRedundantRoles: kept where CSS changes its display.
  return <th scope="col" role="columnheader" {...props} />;
}

export function RowHead(props: ComponentPropsWithoutRef<'th'>) {
  // biome-ignore lint/a11y/noRedundantRoles: kept where CSS changes its display.
  return <th scope="row" role="rowheader" {...props} />;
}

/** The label stands before the value where the headings are out of sight. */
export function Cell({ label, ...props }: ComponentPropsWithoutRef<'td'> & { readonly label: string }) {
  // biome-ignore lint/a11y/noRedundantRoles: kept where CSS changes its display.
  return <td role="cell" data-label={label} {...props} />;
}
