import { parseUrl } from '../../schema/lib/parseUrl.js';
import {
  type Environment,
  integer,
  list,
  onOff,
  optional,
  optionalText,
  pairs,
  readEnv,
  text,
  type Variable,
} from '../../schema/lib/readEnv.js';
import { getNetwork, type Network } from '../../schema/protocols/protocols.js';
import { indexerVariables } from '../config.js';
import { type Assignment, isPublic, listAssignments, sourceNames } from './probes/probes.js';

const { DATABASE_URL, COMPUTESCAN_NETWORKS, COMPUTESCAN_NETWORK_FILE, RPC_URLS, LOG_LEVEL } = indexerVariables;

/** What a telemetry process does; several processes may share the work. */
export const telemetryParts = ['gateway', 'writer', 'roller', 'probes'] as const;
export type TelemetryPart = (typeof telemetryParts)[number];

export const telemetryVariables = {
  ...{ DATABASE_URL, COMPUTESCAN_NETWORKS, COMPUTESCAN_NETWORK_FILE, RPC_URLS, LOG_LEVEL },
  TELEMETRY_PARTS: parts('What this process does, separated by commas: gateway, writer, roller, probes; unset: all'),
  HEARTBEAT_HOST: text('Address of the gateway for heartbeats', '127.0.0.1'),
  HEARTBEAT_PORT: optional(integer('Port of the gateway for heartbeats', 4343, { min: 0, max: 65_535 })),
  HEARTBEAT_TRUST_PROXY: onOff('Whether X-Forwarded-For and -Proto of a proxy before the gateway are believed', false),
  HEARTBEAT_MAC_KEY: optional(secret('32 bytes in hex from which the secrets of unbatched senders are derived')),
  HEARTBEAT_COMMIT_MS: integer('Milliseconds between two commits of what was received', 100, { min: 5, max: 5_000 }),
  HEARTBEAT_RAW_DAYS: integer('Days for which single beats are kept', 7, { min: 1, max: 366 }),
  HEARTBEAT_OBSERVER: text('Name of the place from which this instance sees nodes', 'local'),
  HEARTBEAT_NETWORK_GROUP: optionalText('Group of observers that have one vote together; unset: the observer itself'),
  HEARTBEAT_MIN_OBSERVERS: integer('Healthy observers that a verdict needs', 1, { min: 1, max: 100 }),
  NATS_URL: optionalText('NATS JetStream between gateways and writers, as nats://host:4222; unset: in the process'),
  PROBES: onOff('Whether prices and signs of life are asked for off chain: on or off', true),
  PROBE_NETWORKS: list(
    'Networks that are asked about off chain, separated by commas; unset: those of COMPUTESCAN_NETWORKS on public chains',
    [],
  ),
  PROBE_INTERVAL_SECONDS: optional(
    integer("Seconds between two questions to one target, in place of each probe's own", 1_800, {
      min: 10,
      max: 604_800,
    }),
  ),
  PROBE_CONCURRENCY: integer('Hosts that are asked at a time', 4, { min: 1, max: 64 }),
  PROBE_SOURCES: sources('URLs in place of the public sources, as source=url'),
  PROBE_ALLOW_PRIVATE: onOff('Whether loopback and private networks may be asked, for devnets: on or off', false),
  PROBE_KEEP_DAYS: integer('Days of history of what was asked for', 30, { min: 1, max: 36_500 }),
  PROBE_OBSERVER: text('Name of this instance among several that ask for one database', 'local'),
} as const;

export type TelemetryConfig = ReturnType<typeof readTelemetryConfig>;

export function readTelemetryConfig(env: Environment) {
  return readEnv(telemetryVariables, env);
}

/** Every probe that these settings ask for. Throws UserError for a network that nobody knows. */
export function listProbes(config: TelemetryConfig): readonly Assignment[] {
  return config.PROBES ? listAssignments(listProbed(config), config.PROBE_SOURCES) : [];
}

/** A devnet and a recording have nobody to ask unless the operator says so. */
export function listProbed({ PROBE_NETWORKS, COMPUTESCAN_NETWORKS }: TelemetryConfig): readonly Network[] {
  return PROBE_NETWORKS.length > 0
    ? PROBE_NETWORKS.map(getNetwork)
    : COMPUTESCAN_NETWORKS.map(getNetwork).filter(isPublic);
}

function parts(description: string): Variable<readonly TelemetryPart[]> {
  const { parse, ...rest } = list(description, telemetryParts);
  return {
    ...rest,
    fallback: telemetryParts,
    parse(value) {
      const named = parse(value);
      const isPart = (name: string): name is TelemetryPart => telemetryParts.some((part) => part === name);
      if (!named.every(isPart)) throw new Error(`names out of ${telemetryParts.join(', ')}, separated by commas`);
      return named.filter(isPart);
    },
  };
}

function secret(description: string): Variable<string> {
  return {
    description,
    fallback: '',
    parse(value) {
      if (!/^[0-9a-f]{64}$/i.test(value))
        throw new Error('64 hexadecimal digits, such as `openssl rand -hex 32` gives');
      return value.toLowerCase();
    },
  };
}

function sources(description: string): Variable<Readonly<Record<string, string>>> {
  const { parse, ...rest } = pairs(description);
  return {
    ...rest,
    parse(value) {
      const expected = `source=url entries separated by commas, sources ${[...sourceNames].join(', ')}`;
      const byName = parse(value);
      for (const [name, url] of Object.entries(byName)) {
        const isWeb = /^https?:$/.test(parseUrl(url)?.protocol ?? '');
        if (!sourceNames.has(name) || !isWeb) throw new Error(expected);
      }
      return byName;
    },
  };
}
