import 'reflect-metadata';
import type { FastifyInstance } from 'fastify';
import { toMessage, UserError } from '../schema/lib/errors.js';
import { createLog } from '../schema/lib/log.js';
import type { ScoreExplainer } from '../schema/metrics/ScoreExplainer.js';
import { openInstanceKey } from '../schema/signing/openInstanceKey.js';
import type { ApiConfig } from './config.js';
import { type Api, createApi } from './createApi.js';
import { createServer } from './createServer.js';
import { mountWellKnown } from './mountWellKnown.js';
import { mountPlayground, type PlaygroundBuilder } from './playground/mountPlayground.js';
import { readVersion } from './readVersion.js';

export type { PlaygroundBuilder };

export interface RunningApi {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  readonly api: Api;
  /** Lets running requests end, within five seconds; may be called again. */
  close(): Promise<void>;
}

/**
 * `mount` adds what else the server shall serve, such as the web pages; `explainScore` tells why scores change, which takes what
 * this room does not know.
 */
export async function startApi(
  config: ApiConfig,
  extra: {
    readonly mount?: (app: FastifyInstance, api: Api) => Promise<void>;
    readonly explainScore?: ScoreExplainer;
    /** Makes the playground when it is first opened; left out, it is served where it is built already. */
    readonly buildPlayground?: PlaygroundBuilder | undefined;
  } = {},
): Promise<RunningApi> {
  const { databaseUrl, staleAfterSeconds, keyFile, throttle, atOnce, trustProxy } = config;
  if (!databaseUrl) throw new UserError('Expected a database for the API, got none: set DATABASE_URL.');
  const key = keyFile ? openInstanceKey(keyFile).publicKey : undefined;
  const log = createLog('api', config.logLevel);
  const version = readVersion();
  const { explainScore } = extra;
  const api = await createApi({
    ...{ databaseUrl, staleAfterSeconds, log, version, explainScore, throttle, atOnce, trustProxy, live: config.live },
  });
  const app = createServer({ log });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= app.close().then(() => api.close());
    return closing;
  };
  try {
    await api.mount(app);
    await mountWellKnown(app, { version, key });
    await mountPlayground(app, { build: extra.buildPlayground, log });
    await extra.mount?.(app, api);
    await listen(app, config);
  } catch (thrown) {
    await close();
    throw thrown;
  }
  const url = `http://${toAuthority(config.host)}:${toPort(app, config)}`;
  log.info({ url: `${url}/graphql` }, 'API listening');
  return { url, api, close };
}

async function listen(app: FastifyInstance, { host, port }: ApiConfig): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (thrown) {
    throw toUserError(thrown, { host, port });
  }
}

function toUserError(thrown: unknown, { host, port }: { readonly host: string; readonly port: number }): unknown {
  switch ((thrown as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new UserError(
        `Expected port ${port} on ${host} to be free, but something listens there: pass --port or set PORT.`,
      );
    case 'EACCES':
      return new UserError(`Expected a port this user may open, got ${port}: pass --port or set PORT above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new UserError(`Expected an address of this machine, got ${host} (${toMessage(thrown)}): set HOST.`);
    default:
      return thrown;
  }
}

/** Port 0 lets the system choose. */
function toPort(app: FastifyInstance, config: ApiConfig): number {
  const address = app.server.address();
  return typeof address === 'object' && address ? address.port : config.port;
}

function toAuthority(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
