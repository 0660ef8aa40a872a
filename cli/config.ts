import { join, resolve } from 'node:path';
import type { DevnetNetwork } from '../devnet/main.js';
import { type Environment, integer, optional, readEnv, text } from '../schema/lib/readEnv.js';

export const cliVariables = {
  COMPUTESCAN_DATA: text('Directory of the embedded database and the devnet', '.data'),
  // Left out, an existing devnet goes on with what it was made from.
  DEVNET_SEED: optional(
    integer('Seed of the devnet: same seed and same start time, same chain', 1, { min: 0, max: 2 ** 31 }),
  ),
  DEVNET_HISTORY_DAYS: optional(
    integer('Days of history the devnet begins with: 30 of iExec, 90 of ComputeMarket', 30, { min: 1, max: 90 }),
  ),
  DEVNET_PORT: integer("Port of the devnet's iExec chain, 0 for a free one", 0, { min: 0, max: 65_535 }),
  DEVNET_MARKET_PORT: integer("Port of the devnet's ComputeMarket chain, 0 for a free one", 0, { min: 0, max: 65_535 }),
} as const;

export type CliConfig = ReturnType<typeof readCliConfig>;

export function readCliConfig(env: Environment) {
  return readEnv(cliVariables, env);
}

export interface DataDirs {
  readonly base: string;
  readonly postgres: string;
  readonly devnets: Readonly<Record<DevnetNetwork, string>>;
  /** The instance's key, where COMPUTESCAN_KEY_FILE names no other place. */
  readonly keyFile: string;
}

/** Where the embedded database and the devnet lie; a relative path is taken from the project's root. */
export function toDataDirs(root: string, dataDir: string): DataDirs {
  const base = resolve(root, dataDir);
  const devnets = { 'iexec-devnet': join(base, 'devnet'), 'compute-market-devnet': join(base, 'devnet-market') };
  return { base, postgres: join(base, 'postgres'), devnets, keyFile: join(base, 'instance-key.pem') };
}
