import { useText } from '../i18n/useText.js';
import type { Files } from '../toFiles.js';
import { FileLinks } from './FileLinks.js';

export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Files of what it asks for, by its response keys. */
  readonly exports?: Readonly<Record<string, Files | null>> | undefined;
}

export interface ShowGraphqlProps {
  readonly question: Question;
  /** The response keys whose files are offered; all of them, where it is left out. */
  readonly files?: readonly string[];
}

/** The very question that a page was answered by, and the files of its rows: an analyst leaves with them. */
export function ShowGraphql({ question: { query, variables, exports = {} }, files }: ShowGraphqlProps) {
  const t = useText();
  const known = JSON.stringify(variables, null, 2);
  const search = new URLSearchParams({ query: trimLines(query), variables: known });
  const offered = Object.entries(exports).filter(([key]) => files?.includes(key) ?? true);
  return (
    <div className="source">
      {offered.map(([key, links]) => (
        <FileLinks key={key} files={links} of={key} />
      ))}
      <details className="events show-graphql">
        <summary>{t('Show GraphQL')}</summary>
        <p>
          <a href={`/playground?${search}`}>{t('Open in the playground')}</a>
        </p>
        <pre>
          <code>{trimLines(query)}</code>
        </pre>
        <p>{t('Variables')}</p>
        <pre>
          <code>{known}</code>
        </pre>
      </details>
    </div>
  );
}

/** Without the indentation that it has in its source. */
function trimLines(query: string): string {
  const lines = query.split('\n').filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join('\n');
}
