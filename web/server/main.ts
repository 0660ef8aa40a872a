import Fastify from 'fastify';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import type { WebConfig } from './config.js';
import { createHttpQuery } from './createHttpQuery.js';
import { mountWeb } from './mountWeb.js';

export interface RunningWeb {
  readonly url: string;
  stop(): Promise<void>;
}

/** The pages as a process of their own, which asks the API over HTTP. */
export async function startWeb(config: WebConfig): Promise<RunningWeb> {
  const app = Fastify({ logger: { level: 'error', stream: process.stderr }, forceCloseConnections: true });
  await mountWeb(app, { buildDir: config.buildDir, query: createHttpQuery(config.apiUrl, { apiKey: config.apiKey }) });
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
