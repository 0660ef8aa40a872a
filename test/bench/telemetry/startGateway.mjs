import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { toProcessEnv } from '../run/measureSync.mjs';
import { startProcess } from '../run/startProcess.mjs';
import { NETWORK } from './seedWorld.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
/** Of gateways in the benchmark only. */
export const MAC_KEY = '5b'.repeat(32);

/** The product's telemetry process: gateway, writer and roller, as `computescan telemetry` starts it. */
export function startGateway({ databaseUrl, port, workFolder }) {
  return startProcess({
    command: process.execPath,
    args: [join(root, 'cli/computescan.mjs'), 'telemetry'],
    env: toProcessEnv({
      DATABASE_URL: databaseUrl,
      COMPUTESCAN_NETWORKS: NETWORK,
      PROBES: 'off',
      HEARTBEAT_PORT: String(port),
      HEARTBEAT_MAC_KEY: MAC_KEY,
      LOG_LEVEL: 'warn',
      // As docs/heartbeat.md has it for busy gateways, and as `up` starts it.
      NODE_OPTIONS: '--max-semi-space-size=64',
    }),
    cwd: root,
    logFile: join(workFolder, 'telemetry.log'),
  });
}

export async function untilReady(url, gateway) {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(20)) {
    if (gateway.hasEnded())
      throw new Error('the gateway ended before it was ready; see .data/bench/work/telemetry.log');
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error('the gateway was not ready within a minute');
}
