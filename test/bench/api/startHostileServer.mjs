import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { toProcessEnv } from '../run/measureSync.mjs';
import { startProcess } from '../run/startProcess.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The product's API as `computescan api` starts it, without the throttle: whoever is turned away there does no harm. */
export async function startHostileServer(databaseUrl) {
  const workFolder = join(root, '.data', 'bench', 'work');
  mkdirSync(workFolder, { recursive: true });
  const port = await findPort();
  const api = startProcess({
    command: process.execPath,
    args: [join(root, 'cli/computescan.mjs'), 'api'],
    env: toProcessEnv({ DATABASE_URL: databaseUrl, PORT: String(port), API_THROTTLE: 'off', LOG_LEVEL: 'fatal' }),
    cwd: root,
    logFile: join(workFolder, 'hostile.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  await untilLive(url, api);
  return {
    url,
    /** Once it has had a moment to tidy up. */
    async rssMb() {
      await sleep(2_000);
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${api.pid}/status`, 'utf8'))?.[1]) / 1_024;
    },
    stop: () => api.stop(),
  };
}

async function untilLive(url, api) {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(50)) {
    if (api.hasEnded()) throw new Error('the API ended before it answered; see .data/bench/work/hostile.log');
    const answer = await fetch(`${url}/health/live`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error('the API did not answer within a minute');
}

function findPort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
