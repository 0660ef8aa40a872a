import { setTimeout as sleep } from 'node:timers/promises';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import type { Cluster } from './cluster.js';
import { greetServer, INVALID_PASSWORD } from './connection.js';
import { disownPostmaster, findPostmaster } from './postmaster.js';
import { readServerState } from './processes.js';

export interface Running {
  readonly pid: number;
  readonly port: number;
  readonly version: string;
}

const ANSWER_TIMEOUT_MS = 600_000;

/** The server that runs on this cluster, once it answers; undefined when none does and one may be started. */
export async function findRunning({ clusterDir, home }: Cluster, password: string): Promise<Running | undefined> {
  for (const begun = Date.now(); ; await sleep(50)) {
    const postmaster = findPostmaster(clusterDir);
    if (!postmaster) return undefined;
    const { pid, port } = postmaster;
    const state = readServerState(pid, clusterDir);
    if (state === 'dead') return undefined;
    if (state !== 'alive') {
      disownPostmaster(clusterDir);
      return undefined;
    }
    if (!port) continue;
    try {
      return { pid, port, version: await greetServer({ password, port }) };
    } catch (error) {
      // Shutting down or recovering: it will be gone or answer. A password it does not know stays wrong.
      const isRefused = (error as { code?: string }).code === INVALID_PASSWORD;
      if (!isRefused && Date.now() - begun < ANSWER_TIMEOUT_MS) continue;
      throw new UserError(
        `Expected the Postgres that runs on ${clusterDir} (pid ${pid}) to take the password in ${home.passwordFile}, got: ${toMessage(error)}. Stop that server, or put the password file back.`,
      );
    }
  }
}
