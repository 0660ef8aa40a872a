import compress from '@fastify/compress';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import type { Log } from '../schema/lib/log.js';

/** The HTTP server that API and web share. Closing it lets running requests end, but not for longer than DRAIN_MS. */
export function createServer(options: { readonly log?: Log; readonly bodyLimit?: number } = {}): FastifyInstance {
  const app = fastify({
    bodyLimit: options.bodyLimit ?? BODY_LIMIT_BYTES,
    // What the routes report goes where the rest of the process logs.
    ...(options.log ? { loggerInstance: options.log as FastifyBaseLogger } : {}),
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_TIMEOUT_MS,
  });
  // Brotli costs more than ten times as much for a page that is 6 % smaller.
  app.register(compress, { encodings: ['gzip'], threshold: 1_024 });
  app.addHook('preClose', (done) => {
    if (!app.server.listening) return done();
    // A kept-alive connection turns idle only when its last answer is out.
    const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS);
    const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
    app.server.once('close', () => {
      clearInterval(sweep);
      clearTimeout(cut);
    });
    done();
  });
  return app;
}

/** contracts.md, query budgets. */
const BODY_LIMIT_BYTES = 100 * 1_024;
const REQUEST_TIMEOUT_MS = 30_000;
const DRAIN_MS = 4_000;
const SWEEP_MS = 50;
