import type { HeadersFunction, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useFetcher,
  useLocation,
  useMatches,
  useNavigation,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import type { ReactNode } from 'react';
import { Canonical } from './components/Canonical.js';
import { ChainNotices } from './components/ChainNotices.js';
import { ErrorPage, toErrorTitle } from './components/ErrorPage.js';
import { Reading } from './components/Reading.js';
import { SiteFooter } from './components/SiteFooter.js';
import { SiteHeader } from './components/SiteHeader.js';
import { ViewBar } from './components/ViewBar.js';
import { readPosition } from './data/readPosition.js';
import { readLanguage, toTranslate } from './i18n/text.js';
import { TextProvider, textOf } from './i18n/useText.js';
import { KeptProvider } from './keptMoment.js';
import { isNow, parseMoment, toKept } from './moment.js';
import { useNonce } from './nonce.js';
import { NowProvider } from './now.js';
import styles from './styles/app.css?url';
import { parseTheme, readTheme } from './theme.js';
import type { PageHandle } from './toCanonical.js';
import { useLinks } from './useLinks.js';
import { usePulse } from './usePulse.js';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: styles },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
];

export const meta: MetaFunction = ({ error, matches }) => [
  { title: error ? `${textOf(matches)(toErrorTitle(toStatus(error)))} · Computescan` : 'Computescan' },
  { name: 'description', content: textOf(matches)('The open-source explorer for decentralised compute networks.') },
];

/** An error page keeps what its Response said, such as when to try again. */
export const headers: HeadersFunction = ({ errorHeaders }) => errorHeaders ?? {};

export async function loader({ context, request }: LoaderFunctionArgs) {
  // The frame stands without the API: the page in it says what is wrong.
  const position = await readPosition(context).catch(() => undefined);
  return {
    now: new Date().toISOString(),
    theme: readTheme(request.headers.get('cookie')),
    language: readLanguage(request.headers, new URL(request.url).search),
    origin: context.origin,
    position,
  };
}

export function Layout({ children }: { readonly children: ReactNode }) {
  const nonce = useNonce();
  const data = useRouteLoaderData<typeof loader>('root');
  // Null while all is well.
  const failed = Boolean(useRouteError());
  const isLivePage = useMatches().some((match) => (match.handle as PageHandle | undefined)?.live);
  const chosen = parseTheme(useFetcher({ key: 'theme' }).formData?.get('theme'));
  const theme = chosen ?? data?.theme ?? 'system';
  const t = toTranslate(data?.language ?? 'en');
  const position = data?.position;
  const { pathname, search } = useLocation();
  const moment = parseMoment(search);
  useLinks();
  const navigation = useNavigation();
  const isPresent = moment !== null && isNow(moment);
  const pulse = usePulse({
    mark: failed ? '' : (position?.mark ?? ''),
    now: data?.now ?? new Date(0).toISOString(),
    // What is of the past stays as it is.
    live: isPresent && (isLivePage || failed),
  });
  return (
    <html lang={t.language} data-theme={theme === 'system' ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {/* The past of a page is the same page to a search engine. */}
        {isPresent ? null : <meta name="robots" content="noindex" />}
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
        {failed ? null : <Canonical origin={data?.origin ?? ''} />}
        <Meta />
        <Links />
      </head>
      <body data-loading={navigation.state !== 'idle'}>
        <TextProvider language={t.language}>
          <a href="#main" className="skip-link">
            {t('Skip to content')}
          </a>
          <KeptProvider value={toKept(search)}>
            <SiteHeader theme={theme} />
            <NowProvider value={pulse.now}>
              <ViewBar chains={position?.chains} />
              <main id="main" tabIndex={-1} aria-busy={isLeaving(navigation.location?.pathname, pathname) || undefined}>
                <ChainNotices chains={position?.chains ?? []} lost={pulse.lost && !failed} />
                {children}
              </main>
              <SiteFooter
                chains={position?.chains}
                version={position?.version}
                hasIndexingErrors={position?.hasIndexingErrors ?? false}
              />
            </NowProvider>
          </KeptProvider>
          <Reading />
        </TextProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  const error = useRouteError();
  return <ErrorPage status={toStatus(error)} reason={toReason(error)} />;
}

/** Another page is on its way, rather than another view of this one. */
function isLeaving(next: string | undefined, pathname: string): boolean {
  return next !== undefined && next !== pathname;
}

/** The code that `ask` gives along with a moment it has no answer for. */
function toReason(error: unknown): string | undefined {
  const data: unknown = isRouteErrorResponse(error) ? error.data : undefined;
  const reason = typeof data === 'object' && data !== null && 'reason' in data ? data.reason : undefined;
  return typeof reason === 'string' ? reason : undefined;
}

function toStatus(error: unknown): number {
  return isRouteErrorResponse(error) ? error.status : 500;
}
