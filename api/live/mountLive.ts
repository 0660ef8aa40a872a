import type { FastifyInstance } from 'fastify';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { RetryableError, UserError } from '../../schema/lib/errors.js';
import type { Log } from '../../schema/lib/log.js';
import type { Surroundings } from '../createContext.js';
import { QueryTimeout } from '../database/QueryTimeout.js';
import type { Gate } from '../limits/createGate.js';
import { formatError, isInternal } from '../plugins/formatError.js';
import { createConnections } from './createConnections.js';
import { createHub } from './createHub.js';
import { createRelay } from './createRelay.js';
import { defaultLiveLimits, type LiveLimits } from './liveLimits.js';
import { mountSockets } from './mountSockets.js';
import { mountStream } from './mountStream.js';
import { createSubscriptionReader } from './readSubscription.js';

export interface LiveOptions extends LiveSettings {
  readonly schema: GraphQLSchema;
  readonly surroundings: Surroundings;
  readonly log: Log;
  readonly gate: Gate;
}

export interface LiveSettings {
  readonly limits?: Partial<LiveLimits> | undefined;
  /** NATS over which notices are relayed; undefined: none. */
  readonly natsUrl?: string | undefined;
  /** In ms; for tests. */
  readonly pingMs?: number | undefined;
  readonly initTimeoutMs?: number | undefined;
}

/** Subscriptions over WebSocket and server-sent events. Whoever mounts them closes them, after the server. */
export interface Live {
  close(): Promise<void>;
}

export async function mountLive(app: FastifyInstance, options: LiveOptions): Promise<Live> {
  const { schema, surroundings, log, gate, natsUrl, pingMs, initTimeoutMs } = options;
  const { database } = surroundings;
  const limits = { ...defaultLiveLimits, ...options.limits };
  const toErrors = createErrorFormat(log);
  const toText = ({ errors, ...rest }: ExecutionResult) =>
    JSON.stringify(errors ? { errors: toErrors(errors), ...rest } : rest);
  const hub = createHub({ schema, surroundings, log, toText, replayBlocks: limits.replayBlocks });
  const relay =
    natsUrl === undefined
      ? undefined
      : createRelay({
          ...{ url: natsUrl, log },
          onNotice() {
            database.supersede();
            hub.wake();
          },
        });
  const unwatch = database.watch((notice) => {
    hub.wake();
    if (notice) relay?.publish(notice);
  });
  const places = createConnections({ perAddress: limits.connectionsPerAddress, total: limits.connections });
  const shared = { hub, read: createSubscriptionReader(schema), gate, places, toErrors, pingMs };
  mountSockets(app, { ...shared, ...limits, initTimeoutMs });
  await mountStream(app, { ...shared, log });
  return {
    async close() {
      unwatch();
      await hub.close();
      await relay?.close();
    },
  };
}

/** As Apollo answers over HTTP: bugs are logged, and clients learn that there was one. */
function createErrorFormat(log: Log): (errors: readonly GraphQLError[]) => readonly GraphQLFormattedError[] {
  return (errors) =>
    errors.map((error) => {
      const { originalError: cause } = error;
      const isTold = [UserError, RetryableError, QueryTimeout].some((kind) => cause instanceof kind);
      if (!isTold && isInternal(error))
        log.error({ err: cause ?? error, path: error.path?.join('.') }, 'a message failed');
      return formatError(error.toJSON(), cause ?? error);
    });
}
