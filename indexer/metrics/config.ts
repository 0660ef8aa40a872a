import { type Environment, integer, readEnv } from '../../schema/lib/readEnv.js';
import { indexerVariables } from '../config.js';

const { DATABASE_URL, COMPUTESCAN_NETWORK_FILE, LOG_LEVEL } = indexerVariables;

export const metricsVariables = {
  ...{ DATABASE_URL, COMPUTESCAN_NETWORK_FILE, LOG_LEVEL },
  ROLL_INTERVAL_SECONDS: integer('Seconds between two looks at what is new for the metrics', 5, { min: 1, max: 3_600 }),
} as const;

export type MetricsConfig = ReturnType<typeof readMetricsConfig>;

export function readMetricsConfig(env: Environment) {
  return readEnv(metricsVariables, env);
}
