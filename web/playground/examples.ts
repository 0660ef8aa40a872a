import { type Example, parseExample } from './parseExample.js';

/** Every file of the examples' folders, bundled as text. */
const texts = import.meta.glob<string>('../../api/playground/examples/*/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Those who come here, in the order of the list, with the name of each. */
export const readers: readonly (readonly [reader: string, title: string])[] = [
  ['buyer', 'Buyers of compute'],
  ['analyst', 'Analysts'],
  ['operator', 'Node operators'],
  ['protocol', 'Protocol teams'],
];

export const examples: readonly Example[] = Object.entries(texts).map(([path, text]) => parseExample(path, text));
