export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The very question that a page was answered by: an analyst leaves with it. */
export function ShowGraphql({ question: { query, variables } }: { readonly question: Question }) {
  const known = JSON.stringify(variables, null, 2);
  const search = new URLSearchParams({ query: trimLines(query), variables: known });
  return (
    <details className="events show-graphql">
      <summary>Show GraphQL</summary>
      <p>
        <a href={`/playground?${search}`}>Open in the playground</a>
      </p>
      <pre>
        <code>{trimLines(query)}</code>
      </pre>
      <p>Variables</p>
      <pre>
        <code>{known}</code>
      </pre>
    </details>
  );
}

/** Without the indentation that it has in its source. */
function trimLines(query: string): string {
  const lines = query.split('\n').filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join('\n');
}
