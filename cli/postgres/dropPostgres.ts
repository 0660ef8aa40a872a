import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../schema/lib/errors.js';
import { getCluster } from './cluster.js';
import { findHome, type Home } from './home.js';
import { removeUnfinished } from './initCluster.js';
import { findLiveOwner } from './owner.js';
import { findPostmaster } from './postmaster.js';
import { readServerState } from './processes.js';
import { stopServer } from './stopServer.js';
import { withDirectoryLock } from './withDirectoryLock.js';

/**
 * Stops the server that nobody uses any more, or that we ourselves started, and deletes its cluster and all that
 * `openPostgres` put into the folder; whatever else lies there stays.
 */
export async function dropPostgres(dataDir: string): Promise<void> {
  const home = findHome(dataDir);
  if (!home) return;
  await withDirectoryLock(home.lockDir, () => drop(home));
  if (readdirSync(home.dataDir).length === 0) rmdirSync(home.dataDir);
}

async function drop(home: Home): Promise<void> {
  const owner = findLiveOwner(home);
  if (owner !== undefined && owner !== process.pid) {
    throw new UserError(
      `Expected nobody to use the database in ${home.dataDir}, found process ${owner} at work on it: stop that first (Ctrl-C), then try again.`,
    );
  }
  const cluster = getCluster(home, () => {});
  const { clusterDir } = cluster;
  const postmaster = findPostmaster(clusterDir);
  if (postmaster && readServerState(postmaster.pid, clusterDir) === 'alive') await stopServer(postmaster.pid, cluster);

  const isElsewhere = dirname(clusterDir) !== home.dataDir;
  const parts = isElsewhere ? [dirname(clusterDir)] : [clusterDir];
  removeUnfinished(clusterDir);
  const files = [home.passwordFile, home.ownerFile, home.logFile, `${home.logFile}.1`, home.pointerFile];
  for (const path of [...parts, ...files].filter(existsSync)) rmSync(path, { recursive: true, force: true });
}
