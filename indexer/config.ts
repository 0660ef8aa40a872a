import { parseUrl } from '../schema/lib/parseUrl.js';
import {
  type Environment,
  integer,
  list,
  logLevel,
  optional,
  optionalText,
  pairs,
  readEnv,
  text,
  type Variable,
} from '../schema/lib/readEnv.js';
import type { EndpointDefinition, EndpointRole } from './source/endpoints/EndpointPool.js';
import type { VerificationPolicy } from './source/verification/chainRules.js';

export const indexerVariables = {
  DATABASE_URL: optionalText('Postgres 15 to 18, as postgres://user:password@host:port/database'),
  COMPUTESCAN_NETWORKS: list('Networks to index, separated by commas', ['iexec-devnet']),
  COMPUTESCAN_NETWORK_FILE: optionalText('JSON file of networks of your own, on top of the ones built in'),
  RPC_URLS: endpoints(
    'JSON-RPC endpoints per chain id, as many as there are: 42161=https://…,42161:fallback=https://…',
  ),
  INDEX_VERIFY: policies('How far answers are verified, per chain id: 42161=exact, superset or off'),
  INDEX_POLL_MS: integer('Milliseconds between two looks at the head', 500, { min: 50, max: 60_000 }),
  INDEX_RANGE_BLOCKS: integer('Most blocks in one eth_getLogs call', 10_000, { min: 1, max: 1_000_000 }),
  INDEX_HOST: text("Address of the indexer's metrics and health", '127.0.0.1'),
  INDEX_PORT: optional(integer("Port of the indexer's metrics and health", 4342, { min: 0, max: 65_535 })),
  INDEX_READY_LAG_SECONDS: integer('Seconds behind the head beyond which a chain is not ready', 120, {
    min: 1,
    max: 1_000_000,
  }),
  LOG_LEVEL: logLevel,
} as const;

export type IndexerConfig = ReturnType<typeof readIndexerConfig>;

export function readIndexerConfig(env: Environment) {
  return readEnv(indexerVariables, env);
}

/** By chain id. */
export type Endpoints = Readonly<Record<string, readonly EndpointDefinition[]>>;

const roles: readonly EndpointRole[] = ['sync', 'head', 'fallback'];

function endpoints(description: string): Variable<Endpoints> {
  const expected = 'chain=url or chain:role=url entries separated by commas, roles sync, head and fallback';
  return {
    description,
    fallback: {},
    parse(value) {
      const byChain: Record<string, EndpointDefinition[]> = {};
      for (const entry of value.split(',')) {
        const [, chain, role, url] = /^\s*(\d+)(?::(\w+))?\s*=\s*(\S+)\s*$/.exec(entry) ?? [];
        if (!chain || !url || !parseUrl(url)) throw new Error(expected);
        if (role !== undefined && !roles.includes(role as EndpointRole)) throw new Error(expected);
        byChain[chain] = [...(byChain[chain] ?? []), { url, role: role as EndpointRole | undefined }];
      }
      return byChain;
    },
  };
}

/** The text that `endpoints` reads. */
export function formatEndpoints(byChain: Endpoints): string {
  return Object.entries(byChain)
    .flatMap(([chain, some]) => some.map(({ url, role }) => `${chain}${role ? `:${role}` : ''}=${url}`))
    .join(',');
}

function policies(description: string): Variable<Readonly<Record<string, VerificationPolicy>>> {
  const { parse, ...rest } = pairs(description);
  return {
    ...rest,
    fallback: {},
    parse(value) {
      const byChain = parse(value);
      const isKnown = Object.values(byChain).every((policy) => ['exact', 'superset', 'off'].includes(policy));
      if (!isKnown) throw new Error('chain=exact, chain=superset or chain=off entries separated by commas');
      return byChain as Record<string, VerificationPolicy>;
    },
  };
}
