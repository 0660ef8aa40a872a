import { UserError } from '../schema/lib/errors.js';
import { type Environment, integer, onOff, optionalText, readEnv, text, type Variable } from '../schema/lib/readEnv.js';
import { DEFAULT_AT_ONCE } from './limits/createTurns.js';
import { defaultLiveLimits } from './live/liveLimits.js';
import type { LiveSettings } from './live/mountLive.js';

export interface ApiConfig {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string | undefined;
  readonly logLevel: string;
  readonly staleAfterSeconds: number;
  /** The instance's key, by which it signs; undefined: it has none. */
  readonly keyFile?: string | undefined;
  /** Absent: nobody is throttled. */
  readonly throttle?: {
    /** Points that a client may spend at once. */
    readonly capacity: number;
    /** Points that it gets back a second. */
    readonly perSecond: number;
    /** Requests of it that run at a time. */
    readonly inFlight: number;
  };
  readonly atOnce?: number;
  readonly trustProxy?: boolean;
  readonly live?: LiveSettings | undefined;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

const logLevel: Variable<string> = {
  description: `How much is logged: ${logLevels.join(', ')}.`,
  fallback: 'info',
  parse: (value) => {
    if (!logLevels.includes(value)) throw new UserError(`one of ${logLevels.join(', ')}`);
    return value;
  },
};

/** Compared with .env.example by a test. */
export const apiVariables = {
  HOST: text('Address the server listens on; 127.0.0.1 keeps it on this machine.', '127.0.0.1'),
  PORT: integer('Port of API and web; 0 takes any free one.', 4340, { min: 0, max: 65_535 }),
  DATABASE_URL: optionalText('Any Postgres 15 to 18; unset: the embedded one.'),
  LOG_LEVEL: logLevel,
  STALE_AFTER_SECONDS: integer('Silence of a chain source, in seconds, after which its data counts as stale.', 120, {
    min: 1,
    max: 86_400,
  }),
  COMPUTESCAN_KEY_FILE: optionalText(
    "File of the instance's Ed25519 key, made where it is missing; unset: instance-key.pem in COMPUTESCAN_DATA",
  ),
  API_THROTTLE: onOff('Whether clients pay for what they ask: on or off.', true),
  API_RATE_CAPACITY: integer('Points that a client without a key may spend at once.', 1_000, {
    min: 1,
    max: 1_000_000_000,
  }),
  API_RATE_PER_SECOND: integer('Points that it gets back a second.', 50, { min: 1, max: 1_000_000_000 }),
  API_IN_FLIGHT: integer('Requests of one client that run at a time.', 20, { min: 1, max: 100_000 }),
  API_AT_ONCE: integer(
    'Requests of all clients that are worked on at a time, as long as each takes less than 100 ms; the others wait. Where Postgres is milliseconds away: more.',
    DEFAULT_AT_ONCE,
    { min: 1, max: 10_000 },
  ),
  API_TRUST_PROXY: onOff('Whether X-Forwarded-For of a proxy before the API is believed: on or off.', false),
  LIVE_SUBSCRIPTIONS: integer('Subscriptions on one connection.', defaultLiveLimits.subscriptionsPerConnection, {
    min: 1,
    max: 1_000,
  }),
  LIVE_CONNECTIONS: integer(
    'Connections for subscriptions from one address.',
    defaultLiveLimits.connectionsPerAddress,
    {
      min: 1,
      max: 100_000,
    },
  ),
  LIVE_REPLAY_BLOCKS: integer(
    'Blocks that a cursor of a subscription may lie behind.',
    defaultLiveLimits.replayBlocks,
    {
      min: 1,
      max: 1_000_000,
    },
  ),
  NATS_URL: optionalText('NATS, as nats://host:4222; also relays what is written to servers on a standby database.'),
};

export function readApiConfig(env: Environment): ApiConfig {
  const values = readEnv(apiVariables, env);
  return Object.freeze({
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL,
    logLevel: values.LOG_LEVEL,
    staleAfterSeconds: values.STALE_AFTER_SECONDS,
    keyFile: values.COMPUTESCAN_KEY_FILE,
    throttle: values.API_THROTTLE
      ? { capacity: values.API_RATE_CAPACITY, perSecond: values.API_RATE_PER_SECOND, inFlight: values.API_IN_FLIGHT }
      : undefined,
    atOnce: values.API_AT_ONCE,
    trustProxy: values.API_TRUST_PROXY,
    live: Object.freeze({
      natsUrl: values.NATS_URL,
      limits: Object.freeze({
        subscriptionsPerConnection: values.LIVE_SUBSCRIPTIONS,
        connectionsPerAddress: values.LIVE_CONNECTIONS,
        replayBlocks: values.LIVE_REPLAY_BLOCKS,
      }),
    }),
  });
}
