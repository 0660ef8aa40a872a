/**
 * Where root puts what another account must reach when the checkout lies in a private home. Only root can write
 * there: a name in a world-writable place could be taken beforehand by any local user.
 */
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../schema/lib/errors.js';

const SHARED_DIR = process.platform === 'darwin' ? '/usr/local/var/computescan' : '/var/lib/computescan';

export interface FolderPlan {
  readonly name: string;
  readonly fill: (target: string) => void;
  readonly isWhole: (target: string) => boolean;
}

/** The folder of that name, filled the first time; it appears whole or not at all. */
export function placeFolder({ name, fill, isWhole }: FolderPlan): string {
  const target = join(getSharedDir(), name);
  if (existsSync(target) && isWhole(target)) return target;
  const temporary = `${target}.${process.pid}`;
  try {
    rmSync(temporary, { recursive: true, force: true });
    fill(temporary);
    openToAll(temporary);
    if (existsSync(target) && !isWhole(target)) rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    // Another process was faster: the same content is there.
    if (existsSync(target) && isWhole(target)) return target;
    throw toUserError(error);
  }
  return target;
}

export function getSharedDir(): string {
  try {
    // Whatever the umask: other accounts have to pass.
    if (mkdirSync(SHARED_DIR, { recursive: true })) chmodSync(SHARED_DIR, 0o755);
  } catch (error) {
    throw toUserError(error);
  }
  const stat = lstatSync(SHARED_DIR);
  if (!stat.isDirectory() || stat.uid !== 0 || (stat.mode & 0o022) !== 0) {
    throw new UserError(
      `Expected ${SHARED_DIR} to be a folder that only root can write to, found mode ${(stat.mode & 0o777).toString(8)} and owner ${stat.uid}: repair it (chown root, chmod 755), or start as another user than root.`,
    );
  }
  return SHARED_DIR;
}

function toUserError(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (!code) return error;
  return new UserError(
    `Expected to be able to write to ${SHARED_DIR}, since the account that runs the database cannot enter this checkout, got ${code}: move the checkout out of the private folder, start as another user than root, or set DATABASE_URL.`,
  );
}

/** Whatever umask the packages were installed under. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
