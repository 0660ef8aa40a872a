import { languages, readLanguageParameter } from './i18n/text.js';

/** What a route says of itself to the frame of the page. */
export interface PageHandle {
  /** It fetches again while it is open. */
  readonly live?: boolean;
  /** Parameters that make another page of it; all others are views of the same one. */
  readonly distinct?: readonly string[];
}

export interface PageAddress {
  readonly pathname: string;
  readonly search: string;
  readonly distinct: readonly string[];
}

export interface Alternate {
  /** `x-default`: in the language that the reader's browser asks for. */
  readonly language: string;
  readonly path: string;
}

/** The one address of a page to a search engine: without its moment, its order, its columns and what others have added. */
export function toCanonical({ pathname, search, distinct }: PageAddress): string {
  return withLanguage(toBare({ pathname, search, distinct }), readLanguageParameter(search));
}

/** The same page in each language: a crawler keeps no cookie. */
export function toAlternates(address: PageAddress): readonly Alternate[] {
  const bare = toBare(address);
  return [
    ...languages.map((language) => ({ language, path: withLanguage(bare, language) })),
    { language: 'x-default', path: bare },
  ];
}

function toBare({ pathname, search, distinct }: PageAddress): string {
  const asked = new URLSearchParams(search);
  const kept = new URLSearchParams();
  for (const name of distinct) {
    const value = asked.get(name);
    if (value && !(name === 'page' && value === '1')) kept.set(name, value);
  }
  const path = pathname.replace(/(?<=.)\/+$/, '');
  return kept.size > 0 ? `${path}?${kept}` : path;
}

function withLanguage(path: string, language: string | undefined): string {
  if (language === undefined) return path;
  return `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
}
