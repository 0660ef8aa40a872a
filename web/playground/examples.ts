import { type Example, parseExample } from './parseExample.js';

/** Every file of the examples' folders, bundled as text. */
const texts = import.meta.glob<string>('../../api/playground/examples/*/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What stands in the editor at first. */
export const welcome = `# Choose an example on the left,
# or write a query: Ctrl-Space lists the fields.
{
  _meta {
    chains {
      name
      phase
      headNumber
      lagSeconds
    }
  }
  networks(first: 5) {
    id
    title
    jobCount
    providerCount
  }
}`;

/** Those who come here, in the order of the list, with the name of each. */
export const readers: readonly (readonly [reader: string, title: string])[] = [
  ['buyer', 'Buyers of compute'],
  ['analyst', 'Analysts'],
  ['operator', 'Node operators'],
  ['protocol', 'Protocol teams'],
];

export const examples: readonly Example[] = Object.entries(texts).map(([path, text]) => parseExample(path, text));

/** Whether this is as we wrote it, so that another example may take its place. */
export function isOurs(text: string): boolean {
  return text === '' || text === welcome || examples.some(({ query }) => query === text);
}
