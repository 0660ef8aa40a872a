import { createContext, type ReactElement, useContext } from 'react';
import type { Language } from '../i18n/text.js';
import { useText } from '../i18n/useText.js';
import { useKept } from '../keptMoment.js';
import { useNow } from '../now.js';

/** What a row may read beside its own props. */
export interface RowReads {
  readonly language: Language;
  readonly kept: string;
  readonly now: string;
}

/** The HTML of a row; `of` names all that it is made of, but for the language and the kept moment. */
export type WriteRow = (of: string, row: ReactElement, reads: RowReads) => string;

const Writer = createContext<WriteRow | undefined>(undefined);

/** Given by the server, which keeps rows that it has written; the browser renders them as any others. */
export const RowWriterProvider = Writer.Provider;

export interface KeptRow {
  /** Two rows of the same text look the same, in any table. */
  readonly of: string;
  readonly row: ReactElement;
}

export function KeptRows({ rows }: { readonly rows: readonly KeptRow[] }) {
  const write = useContext(Writer);
  const reads = { language: useText().language, kept: useKept(), now: useNow() };
  if (!write) {
    // biome-ignore lint/a11y/noRedundantRoles: kept where CSS changes its display.
    return <tbody role="rowgroup">{rows.map(({ row }) => row)}</tbody>;
  }
  const html = rows.map(({ of, row }) => write(of, row, reads)).join('');
  // biome-ignore lint/security/noDangerouslySetInnerHtml: React's own writing, a moment earlier.
  // biome-ignore lint/a11y/noRedundantRoles: kept where CSS changes its display.
  return <tbody role="rowgroup" dangerouslySetInnerHTML={{ __html: html }} />;
}
