import { useLocation, useMatches } from '@remix-run/react';
import { type PageHandle, toAlternates, toCanonical } from '../toCanonical.js';

/**
 * What a search engine is told of the address; nothing where nobody has said by which address the site is reached, for engines take
 * no relative ones and a Host header is not believed.
 */
export function Canonical({ origin }: { readonly origin: string }) {
  const { pathname, search } = useLocation();
  const distinct = useMatches().flatMap(({ handle }) => (handle as PageHandle | undefined)?.distinct ?? []);
  if (origin === '') return null;
  const address = { pathname, search, distinct };
  return (
    <>
      <link rel="canonical" href={origin + toCanonical(address)} />
      {toAlternates(address).map(({ language, path }) => (
        <link key={language} rel="alternate" hrefLang={language} href={origin + path} />
      ))}
    </>
  );
}
