import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import helmet from '@fastify/helmet';
import { createRequestHandler, type RequestHandler, type ServerBuild } from '@remix-run/node';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import { findProjectDir, loadForProduction } from './config.js';
import { type Docs, readDocs } from './docs/readDocs.js';
import type { Query } from './query.js';
import { serveAssets } from './serveAssets.js';

export interface WebOptions {
  /** Folder with `client/` and `server/index.js`, as `npm run build` writes it. */
  readonly buildDir: string;
  readonly query: Query;
  /** The API's subscriptions are served at this very origin: open pages listen to them. */
  readonly live?: boolean;
  /** Origin by which browsers reach the pages, for search engines; without one they are told relative addresses. */
  readonly publicUrl?: string | undefined;
}

/** What every loader receives; `web/app/context.ts` declares the same to Remix. */
export interface WebContext {
  readonly nonce: string;
  readonly query: Query;
  /** Of the page's address, from `?` on; empty without one. */
  readonly search: string;
  readonly origin: string;
  readonly live: boolean;
  readonly docs: Docs;
  /** Writes a failure to the server's log; nothing of it reaches the reader. */
  readonly report: (error: unknown) => void;
}

/**
 * Serves the pages and their assets for every path that no other route takes. Headers and hooks stay in a scope of
 * their own: routes of the host are not touched.
 */
export async function mountWeb(
  app: FastifyInstance,
  { buildDir, query, live = false, publicUrl = '' }: WebOptions,
): Promise<void> {
  const handle = createRequestHandler(await loadBuild(buildDir), 'production');
  const docs = await readDocs(findProjectDir());
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (request) => {
      (request.raw as NoncedMessage).cspNonce = randomBytes(16).toString('base64');
    });
    await scope.register(helmet, headerOptions);
    await serveAssets(scope, path.join(buildDir, 'client'));
    await scope.register(async (pages) => servePages(pages, handle, { query, live, docs, origin: publicUrl }));
  });
}

type NoncedMessage = IncomingMessage & { cspNonce?: string };

/** The only form that posts sends a theme and a path. */
const MAX_BODY_BYTES = 4_096;
/** Pages know no host: links and redirects are relative, so a forged Host header has nothing to reach. */
const ORIGIN = 'http://localhost';

const headerOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      // Helmet hands over the raw message, hence the nonce lies there.
      'script-src': [(message: unknown) => `'nonce-${(message as NoncedMessage).cspNonce}'`, "'strict-dynamic'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"],
      'connect-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' as const },
  // Only who terminates TLS may promise it.
  strictTransportSecurity: false,
};

async function loadBuild(buildDir: string): Promise<ServerBuild> {
  const file = path.join(buildDir, 'server/index.js');
  if (!existsSync(file)) {
    throw new UserError(`Expected the built pages in ${buildDir}, found none; run "npm run build" first.`);
  }
  try {
    return (await loadForProduction(() => import(pathToFileURL(file).href))) as ServerBuild;
  } catch (thrown) {
    throw new UserError(
      `The built pages in ${buildDir} do not load (${toMessage(thrown)}); run "npm run build" again.`,
    );
  }
}

function servePages(
  scope: FastifyInstance,
  handle: RequestHandler,
  given: Pick<WebContext, 'query' | 'live' | 'docs' | 'origin'>,
): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  scope.all('/*', async (request, reply) => {
    const refusal = toRefusal(request);
    if (refusal) return reply.code(refusal.status).type('text/plain').send(`${refusal.text}\n`);
    const context: WebContext = {
      nonce: (request.raw as NoncedMessage).cspNonce ?? '',
      ...given,
      search: toSearch(request.url),
      report: (error) => request.log.error({ err: error, url: request.url }, 'page failed'),
    };
    return sendResponse(request, reply, await handle(toWebRequest(request, reply), { ...context }));
  });
}

function toSearch(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}

function toRefusal(request: FastifyRequest): { status: number; text: string } | undefined {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  if (request.method !== 'POST') return { status: 405, text: 'Pages answer GET, HEAD and POST.' };
  const bytes = Number(request.headers['content-length'] ?? Number.NaN);
  if (bytes <= MAX_BODY_BYTES) return undefined;
  return { status: 413, text: `Expected a body of at most ${MAX_BODY_BYTES} bytes with its length stated.` };
}

function toWebRequest(request: FastifyRequest, reply: FastifyReply): Request {
  const gone = new AbortController();
  // Ends the work for a reader who left; after a whole answer it ends the timers that watched over it.
  reply.raw.on('close', () => gone.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one);
  }
  const init = { method: request.method, headers, signal: gone.signal };
  const url = new URL(ORIGIN + request.url);
  if (request.method !== 'POST') return new Request(url, init);
  return new Request(url, { ...init, body: Readable.toWeb(request.raw) as RequestInit['body'], duplex: 'half' });
}

async function sendResponse(request: FastifyRequest, reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.code(response.status);
  for (const [name, value] of response.headers) reply.header(name, value);
  // Pages carry a nonce and a reader's theme: no shared cache may keep them.
  if (!response.headers.has('cache-control')) reply.header('cache-control', 'private, no-cache');
  if (!response.body || request.method === 'HEAD') {
    void response.body?.cancel();
    return reply.send();
  }
  // At once: no page is sent before all of it is there, and pieces of a few kilobytes would each cost as much as the whole.
  const body = Buffer.from(await response.arrayBuffer());
  reply.header('vary', 'accept-encoding');
  if (body.length < LEAST_COMPRESSED_BYTES || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
    return reply.send(body);
  }
  return reply.header('content-encoding', 'gzip').send(await compress(body, compression));
}

const LEAST_COMPRESSED_BYTES = 1_024;
const compress = promisify(gzip);
/** gzip alone: brotli costs several milliseconds more per page for a few hundred bytes, as do higher levels. */
const compression = { level: 3, chunkSize: 65_536 };
