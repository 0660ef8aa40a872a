import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toMessage } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';

/** Resolves when the playground is built; `absent` where there is nothing to build it with. */
export type PlaygroundBuilder = () => Promise<'absent' | 'present' | 'built'>;

export interface PlaygroundOptions {
  readonly build?: PlaygroundBuilder | undefined;
  readonly log: Log;
  /** Folder with `index.html` and `assets/`, as `npm run build` writes it. */
  readonly directory?: string;
}

/**
 * GraphiQL with examples at `/playground`, from files of ours alone. Where it is not built yet, its first reader sets the build going and sees
 * a page that comes again by itself, so that nobody else waits for it.
 */
export async function mountPlayground(app: FastifyInstance, options: PlaygroundOptions): Promise<void> {
  const { build, log, directory = findPlaygroundDir() } = options;
  const prepare = createPreparation(build, log);
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply
        .header('content-security-policy', policy)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'same-origin');
    });
    for (const url of ['/playground', '/playground/']) {
      scope.get(url, async (request, reply) => {
        const state = await prepare(existsSync(path.join(directory, 'index.html')));
        if (state !== 'ready') return sendWaiting(reply, state);
        reply.header('cache-control', 'no-cache');
        return sendFile(request, reply, path.join(directory, 'index.html'));
      });
    }
    scope.get<{ Params: { name: string } }>('/playground/assets/:name', async (request, reply) => {
      const { name } = request.params;
      const file = path.join(directory, 'assets', name);
      // One name without a separator: no path can lead out of the folder.
      if (!/^[\w-][\w.-]*$/.test(name) || !types[path.extname(name)] || !existsSync(file)) {
        return reply.code(404).type('text/plain; charset=utf-8').send('No such file.\n');
      }
      // The names carry their content's hash.
      reply.header('cache-control', 'public, max-age=31536000, immutable');
      return sendFile(request, reply, file);
    });
  });
}

/** The editor writes its colours and places into style elements and attributes of its own making, hence inline styles; scripts are files. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** `dist/playground` of the project, seen from this file or from its compiled copy under `dist/`. */
function findPlaygroundDir(): string {
  const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
  return path.join(path.basename(project) === 'dist' ? project : path.join(project, 'dist'), 'playground');
}

type State = 'ready' | 'building' | 'absent' | 'failed';

/** Builds at most once in the life of the server, when first asked for: also to find out whether what is there is of today's sources. */
function createPreparation(build: PlaygroundBuilder | undefined, log: Log): (isThere: boolean) => Promise<State> {
  let state: State | undefined;
  const start = async (builder: PlaygroundBuilder) => {
    try {
      state = (await builder()) === 'absent' ? 'absent' : 'ready';
    } catch (thrown) {
      state = 'failed';
      log.error({ err: thrown, reason: toMessage(thrown) }, 'the playground does not build');
    }
  };
  return async (isThere) => {
    if (!build) return isThere ? 'ready' : 'absent';
    if (!state) {
      state = 'building';
      const started = start(build);
      // One that is up to date is found to be so at once.
      await Promise.race([started, new Promise((resolve) => setTimeout(resolve, SHORT_MS))]);
    }
    return state;
  };
}

const SHORT_MS = 250;

function sendWaiting(reply: FastifyReply, state: Exclude<State, 'ready'>): FastifyReply {
  const again = state === 'building' ? '<meta http-equiv="refresh" content="2">' : '';
  return reply
    .code(503)
    .header('cache-control', 'no-store')
    .header('retry-after', state === 'building' ? '5' : '60')
    .type('text/html; charset=utf-8')
    .send(`<!doctype html><html lang="en"><head><meta charset="utf-8">${again}<title>Playground · Computescan</title>
<meta name="color-scheme" content="light dark"></head><body><h1>Playground</h1><p>${sentences[state]}</p></body></html>`);
}

const sentences = {
  building: 'It is being built, once for this version, in about fifteen seconds. This page opens it by itself.',
  absent: 'It is not built here. Whoever runs this server can build it with <code>npm install && npm run build</code>.',
  failed: 'It could not be built; the log of the server says why. All queries work at <code>/graphql</code>.',
} as const;

async function sendFile(request: FastifyRequest, reply: FastifyReply, file: string): Promise<FastifyReply> {
  reply.type(types[path.extname(file)] ?? 'application/octet-stream').header('vary', 'accept-encoding');
  const packed = `${file}.gz`;
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '') || !existsSync(packed)) {
    return reply.send(await readFile(file));
  }
  return reply.header('content-encoding', 'gzip').send(await readFile(packed));
}
