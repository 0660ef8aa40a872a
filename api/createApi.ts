import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyInstance } from 'fastify';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { assert } from '../schema/lib/assert.js';
import type { Log } from '../schema/lib/log.js';
import type { ScoreExplainer } from '../schema/metrics/ScoreExplainer.js';
import { createAnswerCache } from './answers/createAnswerCache.js';
import { type Context, createContext, type Surroundings } from './createContext.js';
import { createSchema } from './createSchema.js';
import { createDatabase, type SnapshotDatabase } from './database/createDatabase.js';
import { createExports, type Exports } from './export/createExports.js';
import { mountExport } from './export/mountExport.js';
import { createKeyring } from './keys/createKeyring.js';
import { createGate } from './limits/createGate.js';
import { createTurns, DEFAULT_AT_ONCE } from './limits/createTurns.js';
import type { ThrottleOptions } from './limits/throttle/createThrottle.js';
import { type Live, type LiveSettings, mountLive } from './live/mountLive.js';
import { mountGraphql } from './mountGraphql.js';
import { mountHealth } from './mountHealth.js';
import { costPlugin } from './plugins/costPlugin.js';
import { createFreshness } from './plugins/createFreshness.js';
import { createIntrospection } from './plugins/createIntrospection.js';
import { errorPlugin } from './plugins/errorPlugin.js';
import { exportPlugin } from './plugins/exportPlugin.js';
import { formatError } from './plugins/formatError.js';
import { jitPlugin } from './plugins/jitPlugin.js';
import { pointPlugin } from './plugins/pointPlugin.js';
import { snapshotPlugin } from './plugins/snapshotPlugin.js';

export interface Api {
  readonly schema: GraphQLSchema;
  /** Answers in process, without HTTP; errors are worded as over HTTP. */
  execute(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    options?: ExecuteOptions,
  ): Promise<ExecuteResult>;
  /** Adds /graphql, /graphql/stream, /export, /health/live and /health/ready to a server, which is closed before the API is. */
  mount(app: FastifyInstance): Promise<void>;
  close(): Promise<void>;
}

export interface ExecuteOptions {
  /** Whether to name the files of what is asked for, in `extensions.exports`. */
  readonly exports?: boolean;
}

export interface ExecuteResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface ApiOptions {
  readonly databaseUrl: string;
  /** In the place of the one at `databaseUrl`, for who measures all but Postgres. */
  readonly database?: SnapshotDatabase | undefined;
  /** How old the snapshot of an answer may be, in ms, unless a block is written; by default a second. */
  readonly snapshotMs?: number | undefined;
  readonly staleAfterSeconds: number;
  readonly log: Log;
  readonly version: string;
  readonly explainScore?: ScoreExplainer | undefined;
  /** Absent: nobody is throttled. The process itself, such as its web pages, never is. */
  readonly throttle?: ThrottleOptions | undefined;
  readonly trustProxy?: boolean;
  /** So many requests are worked on at a time; the others wait. */
  readonly atOnce?: number | undefined;
  /** Of subscriptions. */
  readonly live?: LiveSettings | undefined;
}

/** Needs no database to start: while there is none, queries say SERVICE_UNAVAILABLE. */
export async function createApi(options: ApiOptions): Promise<Api> {
  const { databaseUrl, snapshotMs = SNAPSHOT_MS, staleAfterSeconds, log, version, explainScore } = options;
  const { throttle, trustProxy = false, atOnce = DEFAULT_AT_ONCE } = options;
  const database = options.database ?? createDatabase({ url: databaseUrl, maxAgeMs: snapshotMs });
  const surroundings: Surroundings = { database, staleAfterSeconds, version, explainScore };
  const keyring = createKeyring(databaseUrl);
  const gate = createGate({ throttle, trustProxy, keyring });
  const schema = await createSchema();
  const exports = createExports({ schema, databaseUrl, version });
  const apollo = createApollo(schema, { log, surroundings, exports });
  await apollo.start();
  let live: Live | undefined;
  return {
    schema,
    async execute(query, variables, { exports: named = false } = {}) {
      const answer = await apollo.executeOperation(
        { query, variables: { ...variables }, ...(named ? { extensions: { exports: true } } : {}) },
        { contextValue: createContext(surroundings) },
      );
      assert(answer.body.kind === 'single', 'incremental delivery is off');
      const { data, errors, extensions } = answer.body.singleResult;
      return { data, ...(errors ? { errors } : {}), ...(named && extensions ? { extensions } : {}) };
    },
    async mount(app) {
      const cache = createAnswerCache(database.getCurrent);
      await mountGraphql(app, {
        apollo,
        log,
        cache,
        turns: createTurns({ atOnce }),
        gate,
        context: async (visit) => createContext(surroundings, { visit }),
      });
      await mountExport(app, { exports, log, gate });
      await mountHealth(app, surroundings, log);
      live = await mountLive(app, { schema, surroundings, log, gate, ...options.live });
    },
    async close() {
      await live?.close();
      await apollo.stop();
      await keyring.close();
      await exports.close();
      await database.close();
    },
  };
}

/** contracts.md, query budgets. */
const MAX_TOKENS = 1_000;
const SNAPSHOT_MS = 1_000;
const MAX_VALIDATION_ERRORS = 10;

function createApollo(
  schema: GraphQLSchema,
  { log, surroundings, exports }: { readonly log: Log; readonly surroundings: Surroundings; readonly exports: Exports },
): ApolloServer<Context> {
  const introspection = createIntrospection(schema);
  return new ApolloServer<Context>({
    schema,
    logger: log,
    formatError,
    introspection: true,
    // Who guesses at fields has the schema to look at; to find what a name is like takes longer than to refuse it.
    hideSchemaDetailsFromClientErrors: true,
    stringifyResult: introspection.stringify,
    includeStacktraceInErrorResponses: false,
    // The process that hosts the server decides when it ends.
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    // To word a hundred of them takes longer than all else, and nobody reads them.
    validationOptions: { maxErrors: MAX_VALIDATION_ERRORS },
    plugins: [
      // It wraps every field, which costs as much as executing the query.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      pointPlugin(),
      errorPlugin(log),
      costPlugin(),
      snapshotPlugin(createFreshness(surroundings, log)),
      introspection.plugin,
      jitPlugin(schema),
      exportPlugin(exports),
    ],
  });
}
