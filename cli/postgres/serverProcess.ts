import type { SpawnOptions } from 'node:child_process';
import type { Cluster } from './cluster.js';

/** How every Postgres program is started: as its account, from a folder it can enter, in plain English and UTC. */
export function toServerProcess({ binaries, account }: Cluster): SpawnOptions {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' };
  // PGDATA, PGPORT and the like are the user's for other servers.
  for (const name of Object.keys(env)) if (name.startsWith('PG')) delete env[name];
  return {
    cwd: binaries.folder,
    env,
    windowsHide: true,
    ...(account && { uid: account.uid, gid: account.gid }),
  };
}
