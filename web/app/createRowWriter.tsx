import type { ReactElement } from 'react';
import { renderToString } from 'react-dom/server';
import type { RowReads, WriteRow } from './components/KeptRows.js';
import { TextProvider } from './i18n/useText.js';
import { KeptProvider } from './keptMoment.js';
import { NowProvider } from './now.js';

/**
 * Writes rows of tables once for as long as they stay the same: most of a list is as it was a block ago, and the same in another order. A row
 * is found by all that it is made of, so it is never older than its page. The least recently shown goes when there are more than `most`.
 */
export function createRowWriter(most: number): WriteRow {
  const written = new Map<string, string>();
  return (of, row, reads) => {
    const key = `${reads.language} ${reads.kept} ${of}`;
    const html = written.get(key) ?? write(row, reads);
    written.delete(key);
    written.set(key, html);
    if (written.size > most) written.delete(written.keys().next().value ?? key);
    return html;
  };
}

function write(row: ReactElement, { language, kept, now }: RowReads): string {
  const html = renderToString(
    <TextProvider language={language}>
      <KeptProvider value={kept}>
        <NowProvider value={now}>{row}</NowProvider>
      </KeptProvider>
    </TextProvider>,
  );
  // In one piece: of hundreds, as React leaves it, it would be put together anew for each page.
  return Buffer.from(html).toString();
}
