/**
 * The folder of one embedded server, `.data/pg`: password, owner, log and lock lie in it, and the cluster too, unless
 * we are root and the account that runs the server cannot enter: then the cluster lies in the shared folder, and a
 * pointer here names it.
 */
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../schema/lib/errors.js';
import { type Account, canReach } from './account.js';
import { getSharedDir } from './sharedFolder.js';

export interface Home {
  readonly dataDir: string;
  readonly lockDir: string;
  readonly passwordFile: string;
  readonly ownerFile: string;
  readonly pointerFile: string;
  readonly logFile: string;
}

export function createHome(dataDir: string): Home {
  const folder = resolve(dataDir);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UserError(
      `Expected a data directory that can be written, found ${folder} (${(error as NodeJS.ErrnoException).code}): choose another folder, or make this one yours (chown, chmod).`,
    );
  }
  return toHome(realpathSync(folder));
}

export function findHome(dataDir: string): Home | undefined {
  const folder = resolve(dataDir);
  return existsSync(folder) ? toHome(realpathSync(folder)) : undefined;
}

/** A file that root made in another user's folder goes to that user, who may be the next to start. */
export function giveToOwner(home: Home, file: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(home.dataDir);
  if (uid !== 0) chownSync(file, uid, gid);
}

function toHome(dataDir: string): Home {
  return {
    dataDir,
    lockDir: join(dataDir, 'lock'),
    passwordFile: join(dataDir, 'password'),
    ownerFile: join(dataDir, 'owner.json'),
    pointerFile: join(dataDir, 'cluster.at'),
    logFile: join(dataDir, 'postgres.log'),
  };
}

export function getPassword(home: Home): string {
  if (existsSync(home.passwordFile)) return readFileSync(home.passwordFile, 'utf8').trim();
  throw new UserError(
    `Expected the database's password in ${home.passwordFile}, found no such file: put it back, or start empty with --reset.`,
  );
}

/** Where the cluster is, or is to be made when there is none. */
export function locateCluster(home: Home): string {
  const local = join(home.dataDir, 'cluster');
  if (!existsSync(home.pointerFile)) return local;
  const remote = readFileSync(home.pointerFile, 'utf8').trim();
  return isOurs(remote, home) ? remote : local;
}

/** Chooses the place of a new cluster: here, or where the account can reach it. */
export function placeCluster(home: Home, account: Account | undefined): string {
  const local = join(home.dataDir, 'cluster');
  if (!account || canReach(home.dataDir, account)) return local;
  const name = createHash('sha256').update(home.dataDir).digest('hex').slice(0, 16);
  const folder = join(getSharedDir(), 'data', name);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  // Whatever the umask: the account has to pass.
  for (const path of [dirname(folder), folder]) chmodSync(path, 0o755);
  writeFileSync(join(folder, 'home'), `${home.dataDir}\n`);
  const remote = join(folder, 'cluster');
  writeFileSync(home.pointerFile, `${remote}\n`);
  return remote;
}

/**
 * The remote folder names its home in turn. A checkout that was moved takes its cluster along; one that was copied
 * does not take the original's.
 */
function isOurs(remote: string, home: Home): boolean {
  const file = join(dirname(remote), 'home');
  if (!existsSync(file)) return false;
  const named = readFileSync(file, 'utf8').trim();
  if (named === home.dataDir) return true;
  if (existsSync(join(named, 'cluster.at'))) return false;
  writeFileSync(file, `${home.dataDir}\n`);
  return true;
}
