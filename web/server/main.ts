import Fastify, { type FastifyInstance } from 'fastify';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import type { WebConfig } from './config.js';
import { createHttpQuery } from './createHttpQuery.js';
import { mountWeb } from './mountWeb.js';

export interface RunningWeb {
  readonly url: string;
  stop(): Promise<void>;
}

/** Pages link to what the API serves: where they run alone, it is elsewhere. */
function sendToApi(app: FastifyInstance, origin: string): void {
  for (const path of ['/playground', '/playground/*', '/export/*', '/graphql']) {
    app.get(path, (request, reply) => reply.redirect(origin + request.url, 307));
  }
}

/** The pages as a process of their own, which asks the API over HTTP. */
export async function startWeb(config: WebConfig): Promise<RunningWeb> {
  const app = Fastify({ logger: { level: 'error', stream: process.stderr }, forceCloseConnections: true });
  sendToApi(app, new URL(config.apiPublicUrl ?? config.apiUrl).origin);
  await mountWeb(app, {
    ...{ buildDir: config.buildDir, publicUrl: config.publicUrl },
    query: createHttpQuery(config.apiUrl, { apiKey: config.apiKey }),
  });
  try {
    const url = await app.listen({ host: config.host, port: config.port });
    return { url, stop: () => app.close() };
  } catch (thrown) {
    await app.close();
    throw new UserError(
      `The web explorer cannot listen on ${config.host}:${config.port} (${toMessage(thrown)}); choose another WEB_PORT or HOST.`,
    );
  }
}
