import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../schema/lib/errors.js';
import { type Account, findAccount } from './account.js';
import { type Binaries, getBinaries } from './binaries.js';
import { type Home, locateCluster, placeCluster } from './home.js';
import { toVersionAdvice } from './versionAdvice.js';

/** The files of one server, the programs that open them and the account these run as (when we are root). */
export interface Cluster {
  readonly home: Home;
  readonly clusterDir: string;
  /** Else it is to be made, and what may lie there is the remains of one whose home was deleted. */
  readonly isMade: boolean;
  readonly binaries: Binaries;
  readonly account?: Account;
}

/** The cluster of this home; when there is none yet, the place where it is to be made. */
export function getCluster(home: Home, onStep: (text: string) => void): Cluster {
  const found = locateCluster(home);
  const account = findAccount(found);
  const isMade = hasCluster(found);
  const clusterDir = isMade ? found : placeCluster(home, account);
  return { home, clusterDir, isMade, account, binaries: getBinaries({ account, onStep }) };
}

export function assertMajor({ clusterDir, binaries }: Cluster): void {
  const found = Number.parseInt(readFileSync(join(clusterDir, 'PG_VERSION'), 'utf8'), 10);
  if (found !== binaries.major) throw new UserError(toVersionAdvice({ clusterDir, found, expected: binaries.major }));
}

function hasCluster(clusterDir: string): boolean {
  try {
    return statSync(join(clusterDir, 'PG_VERSION')).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return false;
    throw new UserError(
      `Expected a database that this account can open, found ${clusterDir} belonging to another (made by root or with sudo?): start as that account, choose another data directory, or delete this one as its owner.`,
    );
  }
}
