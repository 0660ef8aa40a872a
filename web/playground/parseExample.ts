/** One query to try, as a file of `api/playground/examples/<reader>/` holds it. */
export interface Example {
  /** `<reader>/<file without its ending>` */
  readonly id: string;
  readonly reader: string;
  readonly title: string;
  /** What the answer tells, in a sentence or two. */
  readonly summary: string;
  /** The text with its first comment, which is what the editor shows. */
  readonly query: string;
  readonly variables: Readonly<Record<string, VariableSource>>;
}

/**
 * A value as it is, or where it comes from: the first leaf of what a query answers on this instance, `else` where that is none; a list of
 * all of its leaves; or the beginning of the UTC day so many days ago. No id and no time is true of every instance.
 */
export type VariableSource =
  | string
  | number
  | boolean
  | null
  | readonly VariableSource[]
  | { readonly ask: string; readonly else?: string }
  | { readonly list: string }
  | { readonly daysAgo: number };

const VARIABLES = 'variables: ';

/**
 * The file begins with a comment: its title, then what it answers, then the variables as one line of JSON, if it has any. Throws where one
 * is missing.
 */
export function parseExample(path: string, text: string): Example {
  const [, reader, name] = /([^/]+)\/([^/]+)\.graphql$/.exec(path) ?? [];
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  const comment = lines.slice(0, end).map((line) => line.replace(/^#\s?/, ''));
  const [title, ...rest] = comment.filter((line) => !line.startsWith(VARIABLES));
  const summary = rest.join(' ').trim();
  if (!reader || !name || !title || !summary) {
    throw new Error(`Expected ${path} to begin with a comment of a title and what the query answers.`);
  }
  const given = comment.find((line) => line.startsWith(VARIABLES))?.slice(VARIABLES.length);
  const variables = given ? (JSON.parse(given) as Example['variables']) : {};
  const shown = lines.filter((line) => !line.startsWith(`# ${VARIABLES}`)).join('\n');
  return { id: `${reader}/${name}`, reader, title, summary, query: shown.trim(), variables };
}
