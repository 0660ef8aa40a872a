import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ReadableStream } from 'node:stream/web';
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type EntryContext,
  type LoaderFunctionArgs,
} from '@remix-run/node';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import type { ReactElement } from 'react';
import { renderToPipeableStream, renderToString } from 'react-dom/server';
import { RowWriterProvider } from './components/KeptRows.js';
import { createRowWriter } from './createRowWriter.js';
import { german } from './i18n/de/index.js';
import { addCatalogue } from './i18n/text.js';
import { NonceProvider } from './nonce.js';

addCatalogue('de', german);

const RENDER_TIMEOUT_MS = 5_000;
/** Loaders may take this long in all before the answer is cut. */
export const streamTimeout = RENDER_TIMEOUT_MS;

/** Some ten megabytes. */
const KEPT_ROWS = 2_000;
const writeRow = createRowWriter(KEPT_ROWS);

/** Pages are written once all of their data is there, so the data stands below the page as a whole rather than in a stream beside it. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  { serverHandoffStream, ...context }: EntryContext,
  { nonce, report }: AppLoadContext,
): Promise<Response> {
  const page = (
    <NonceProvider value={nonce}>
      <RowWriterProvider value={writeRow}>
        <RemixServer context={context} url={request.url} nonce={nonce} />
      </RowWriterProvider>
    </NonceProvider>
  );
  const html = await render(page, report);
  headers.set('content-type', 'text/html; charset=utf-8');
  const data = serverHandoffStream ? await text(serverHandoffStream as ReadableStream) : '';
  // As bytes: a Response takes several times as long to encode a text.
  return new Response(Buffer.from(html + toDataScript(data, nonce)), { status, headers });
}

/** What React writes where a part has to be waited for, or failed. */
const UNFINISHED = '<!--$!-->';

/**
 * As one text: a stream encodes each of the thousands of pieces of a page by itself, which takes three times as long. It is for the first page
 * with a component that is loaded when it is needed, and tells of a part that failed.
 */
async function render(page: ReactElement, report: (error: unknown) => void): Promise<string> {
  const html = renderToString(page);
  return html.includes(UNFINISHED) ? await renderWaiting(page, report) : `<!DOCTYPE html>${html}`;
}

function renderWaiting(page: ReactElement, report: (error: unknown) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(page, {
      // Whatever its size, a part stands in its place, not behind the page for a script to put there.
      progressiveChunkSize: Number.POSITIVE_INFINITY,
      onAllReady() {
        clearTimeout(timer);
        resolve(text(pipe(new PassThrough())));
      },
      onShellError: reject,
      onError: report,
    });
    const timer = setTimeout(abort, RENDER_TIMEOUT_MS);
  });
}

/** Hands the loaders' data to Remix in the browser, as its own stream of scripts would. */
function toDataScript(data: string, nonce: string): string {
  const literal = JSON.stringify(data).replace(/[&><\u2028\u2029]/g, toEscape);
  return `<script nonce="${nonce}">{const c=window.__remixContext.streamController;c.enqueue(${literal});c.close()}</script>`;
}

function toEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A page that does not exist and a reader who left are no failures of ours; outages are reported where they happen. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (isRouteErrorResponse(error) || request.signal.aborted) return;
  context.report(error);
}
