import { type Environment, integer, list, logLevel, optionalText, pairs, readEnv } from '../schema/lib/readEnv.js';

export const indexerVariables = {
  DATABASE_URL: optionalText('Postgres 15 to 18, as postgres://user:password@host:port/database'),
  COMPUTESCAN_NETWORKS: list('Networks to index, separated by commas', ['iexec-devnet']),
  COMPUTESCAN_NETWORK_FILE: optionalText('JSON file of networks of your own, on top of the ones built in'),
  RPC_URLS: pairs('JSON-RPC endpoint per chain id: 42161=https://…,31337=http://127.0.0.1:8545'),
  INDEX_POLL_MS: integer('Milliseconds between two looks at the head', 500, { min: 50, max: 60_000 }),
  INDEX_RANGE_BLOCKS: integer('Most blocks in one eth_getLogs call', 5_000, { min: 1, max: 1_000_000 }),
  LOG_LEVEL: logLevel,
} as const;

export type IndexerConfig = ReturnType<typeof readIndexerConfig>;

export function readIndexerConfig(env: Environment) {
  return readEnv(indexerVariables, env);
}
