import { createPool } from '../../schema/database.js';
import { UserError } from '../../schema/lib/errors.js';
import { createGuardedHttp } from '../../schema/lib/guardedHttp/createGuardedHttp.js';
import type { Log } from '../../schema/lib/log.js';
import { systemRuntime } from '../lib/systemRuntime.js';
import { listProbed, listProbes, type TelemetryConfig } from './config.js';
import { runProbes } from './probes/runProbes.js';

export interface Telemetry {
  /** Ends when it has been stopped; fails on a bug. */
  readonly done: Promise<void>;
  /** What it asks for: `marlin-spec of marlin-arbitrum, …`. */
  readonly title: string;
  stop(): Promise<void>;
}

/** Asks for prices off chain until it is stopped. Throws UserError where there is nobody to ask. */
export function startTelemetry(options: {
  readonly databaseUrl: string;
  readonly config: TelemetryConfig;
  readonly log: Log;
}): Telemetry {
  const { databaseUrl, config, log } = options;
  const assignments = listProbes(config);
  if (assignments.length === 0) throw new UserError(toReason(config));
  const pool = createPool(databaseUrl, { role: 'telemetry', max: 2 + config.PROBE_CONCURRENCY });
  const stopping = new AbortController();
  const running = runProbes({
    ...{ pool, assignments, runtime: systemRuntime, log, signal: stopping.signal },
    http: createGuardedHttp({ allowPrivate: config.PROBE_ALLOW_PRIVATE }),
    observer: config.PROBE_OBSERVER,
    intervalSeconds: config.PROBE_INTERVAL_SECONDS,
    concurrency: config.PROBE_CONCURRENCY,
    keepDays: config.PROBE_KEEP_DAYS,
  });
  const done = running.finally(() => pool.end());
  return {
    done,
    title: assignments.map(({ probe, network }) => `${probe.id} of ${network.definition.id}`).join(', '),
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

function toReason(config: TelemetryConfig): string {
  if (!config.PROBES)
    return 'Expected probes to run, found PROBES=off: unset it, or do without `computescan telemetry`.';
  const networks = listProbed(config).map(({ definition }) => definition.id);
  return `Expected a network whose prices are asked for off chain, got ${networks.join(', ') || 'none on a public chain'}: name one in COMPUTESCAN_NETWORKS or PROBE_NETWORKS (see docs/probes.md).`;
}
