import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { addCatalogue } from './i18n/text.js';
import { parts } from './later.js';

/**
 * Takes the server's page over once its parts and the catalogue it was written with are here; English needs none. Where one of them cannot
 * be loaded the page stays the server's, which works without scripts.
 */
async function takeOver(): Promise<void> {
  const loaded = Promise.all(parts.map(({ load }) => load()));
  if (document.documentElement.lang === 'de') addCatalogue('de', (await import('./i18n/de/index.js')).german);
  await loaded;
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    );
  });
}

void takeOver();
