import { useLocation, useMatches } from '@remix-run/react';
import { type PageHandle, toAlternates, toCanonical } from '../toCanonical.js';

/**
 * What a search engine is told of the address. Where nobody has said by which address the site is reached, links are relative and mean that
 * by which the page was: a Host header is not believed.
 */
export function Canonical({ origin }: { readonly origin: string }) {
  const { pathname, search } = useLocation();
  const distinct = useMatches().flatMap(({ handle }) => (handle as PageHandle | undefined)?.distinct ?? []);
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
