import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../../schema/lib/errors.js';

/** Whom the server runs as when we are root, which Postgres refuses to be. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Undefined when we are not root: the server then runs as we do. The owner of an existing cluster comes first, since
 * only its owner may open it; `nobody` comes last, since other daemons share it.
 */
export function findAccount(clusterDir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = listAccounts();
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) {
    const known = accounts.find(({ uid }) => uid === owner.uid);
    return known ?? { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  for (const wanted of ['postgres', '_postgres', 'nobody']) {
    const account = accounts.find(({ name }) => name === wanted);
    if (account) return account;
  }
  throw new UserError(
    'Expected an account `postgres` or `nobody` to run the database as, since Postgres refuses to run as root, found neither in /etc/passwd: start as another user, or set DATABASE_URL to a Postgres server of your own.',
  );
}

/** Whether the account may pass every folder on the way to the path, and read and enter what is there. */
export function canReach(path: string, account: Account): boolean {
  const target = realpathSync(path);
  const READ_AND_ENTER = 0o5;
  const ENTER = 0o1;
  if (!isAllowed(target, account, READ_AND_ENTER)) return false;
  for (let folder = dirname(target); ; folder = dirname(folder)) {
    if (!isAllowed(folder, account, ENTER)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function isAllowed(path: string, { uid, gid }: Account, bits: number): boolean {
  const stat = statSync(path);
  const shift = stat.uid === uid ? 6 : stat.gid === gid ? 3 : 0;
  return ((stat.mode >> shift) & bits) === bits;
}

function listAccounts(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}
