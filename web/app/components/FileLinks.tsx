import { useText } from '../i18n/useText.js';
import { type Files, formats } from '../toFiles.js';

export interface FileLinksProps {
  /** Null: the filter is too long for an address. */
  readonly files: Files | null;
  /** What the rows are, as the API calls them: several tables of a page have files. */
  readonly of: string;
}

const names: Readonly<Record<keyof Files, string>> = { csv: 'CSV', ndjson: 'NDJSON', parquet: 'Parquet' };

/** All rows of a view as files, not only those of the page. */
export function FileLinks({ files, of }: FileLinksProps) {
  const t = useText();
  if (!files)
    return <p className="files">{t('Too many filters for a file’s address; the query below has them all.')}</p>;
  return (
    <p className="files">
      <span>{t('All rows of {rows}:', { rows: of })}</span>
      {formats
        .filter((format) => files[format] !== undefined)
        .map((format) => (
          <a
            key={format}
            href={files[format]}
            download
            aria-label={t('{format} of {rows}', { format: names[format], rows: of })}
          >
            {names[format]}
          </a>
        ))}
    </p>
  );
}
