import { text } from 'node:stream/consumers';
import type { ReadableStream } from 'node:stream/web';
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  type EntryContext,
  type LoaderFunctionArgs,
} from '@remix-run/node';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import { renderToString } from 'react-dom/server';
import { RowWriterProvider } from './components/KeptRows.js';
import { createRowWriter } from './createRowWriter.js';
import { german } from './i18n/de/index.js';
import { addCatalogue } from './i18n/text.js';
import { parts } from './later.js';
import { NonceProvider } from './nonce.js';

addCatalogue('de', german);

/** Loaders may take this long in all before the answer is cut. */
export const streamTimeout = 5_000;

/** Some ten megabytes. */
const KEPT_ROWS = 2_000;
const writeRow = createRowWriter(KEPT_ROWS);

/** Pages are written once all of their data is there, so the data stands below the page as a whole rather than in a stream beside it. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  { serverHandoffStream, ...context }: EntryContext,
  { nonce }: AppLoadContext,
): Promise<Response> {
  const page = (
    <NonceProvider value={nonce}>
      <RowWriterProvider value={writeRow}>
        <RemixServer context={context} url={request.url} nonce={nonce} />
      </RowWriterProvider>
    </NonceProvider>
  );
  // One by one: modules that Jest is asked for at once it fails to link.
  for (const { load } of parts) await load();
  // As one text: a stream encodes each of the thousands of pieces of a page by itself, which takes three times as long.
  const html = `<!DOCTYPE html>${renderToString(page)}`;
  headers.set('content-type', 'text/html; charset=utf-8');
  const data = serverHandoffStream ? await text(serverHandoffStream as ReadableStream) : '';
  // As bytes: a Response takes several times as long to encode a text.
  return new Response(Buffer.from(html + toDataScript(data, nonce)), { status, headers });
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
