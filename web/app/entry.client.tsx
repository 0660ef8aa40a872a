import { RemixBrowser } from '@remix-run/react';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { addCatalogue } from './i18n/text.js';

/** Takes the server's page over once the catalogue it was written with is here; English needs none. */
async function takeOver(): Promise<void> {
  if (document.documentElement.lang === 'de') addCatalogue('de', (await import('./i18n/de/index.js')).german);
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
