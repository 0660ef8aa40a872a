import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../schema/lib/errors.js';
import { toProgram, toSpawnError } from './binaries.js';
import type { Cluster } from './cluster.js';
import { role } from './connection.js';
import { giveToOwner, type Home } from './home.js';
import { findPostmaster } from './postmaster.js';
import { readServerState } from './processes.js';
import { toServerProcess } from './serverProcess.js';
import { stopServer } from './stopServer.js';

/** Makes an empty cluster under another name and renames it: one that is there is whole, and its password is known. */
export async function initCluster(cluster: Cluster): Promise<void> {
  const { home, clusterDir, account } = cluster;
  await removeRemains(cluster);
  const password = createPassword(home);
  // A name of our own: an initdb whose starter was killed may still be writing under another.
  const unfinished = `${clusterDir}.unfinished.${process.pid}`;
  const passwordFile = `${unfinished}.password`;
  removeUnfinished(clusterDir);
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) for (const path of [unfinished, passwordFile]) chownSync(path, account.uid, account.gid);

  try {
    await runInitdb(cluster, ['-D', unfinished, `--pwfile=${passwordFile}`]);
    renameSync(unfinished, clusterDir);
  } finally {
    removeUnfinished(clusterDir);
  }
}

/** What an init that failed or was killed has left beside the cluster's place. */
export function removeUnfinished(clusterDir: string): void {
  const folder = dirname(clusterDir);
  const names = readdirSync(folder).filter((name) => name.startsWith(`${basename(clusterDir)}.unfinished`));
  for (const name of names)
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

/** Someone deleted the home of a cluster that lies elsewhere: nobody knows its password any more. */
async function removeRemains(cluster: Cluster): Promise<void> {
  const postmaster = findPostmaster(cluster.clusterDir);
  if (postmaster && readServerState(postmaster.pid, cluster.clusterDir) === 'alive') {
    await stopServer(postmaster.pid, cluster);
  }
  rmSync(cluster.clusterDir, { recursive: true, force: true });
}

function createPassword(home: Home): string {
  const password = randomBytes(18).toString('base64url');
  rmSync(home.passwordFile, { force: true });
  writeFileSync(home.passwordFile, `${password}\n`, { mode: 0o600 });
  giveToOwner(home, home.passwordFile);
  return password;
}

/** The same order of text on every system: the server's own C.UTF-8, neither libc's nor ICU's. */
const clusterArgs = [
  `--username=${role}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

async function runInitdb(cluster: Cluster, args: string[]): Promise<void> {
  const program = toProgram(cluster.binaries, 'initdb');
  const child = spawn(program, [...args, ...clusterArgs], {
    ...toServerProcess(cluster),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => lines.push(...text.split('\n')));
  const code = await new Promise<number | string | null>((resolve, reject) => {
    child.once('error', (error) => reject(toSpawnError(error, program)));
    child.once('close', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code === 0) return;
  const said = lines.filter((line) => /error|fatal|could not/i.test(line)).pop() ?? lines.filter(Boolean).pop();
  const text = said?.replace(/^.*?(FATAL|PANIC|ERROR|error):\s*/, '') ?? 'it said nothing';
  throw new UserError(
    `Expected initdb to make an empty database in ${dirname(cluster.clusterDir)}, it ended with ${code}: ${text}. Look at the free space and the rights there, or set DATABASE_URL to a Postgres server of your own.`,
  );
}
