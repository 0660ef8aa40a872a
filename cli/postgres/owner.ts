/** Which process is to stop the server: the one that started it, or whoever found it running after that one died. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { giveToOwner, type Home } from './home.js';
import { isAlive, type ProcessId, toProcessId } from './processes.js';

export function findLiveOwner(home: Home): number | undefined {
  const owner = findOwner(home);
  return owner && isAlive(owner) ? owner.pid : undefined;
}

export function takeOwnership(home: Home): void {
  writeFileSync(home.ownerFile, JSON.stringify(toProcessId(process.pid)));
  giveToOwner(home, home.ownerFile);
}

/** Not when another process has started a new server by now. */
export function releaseOwnership(home: Home): void {
  if (findOwner(home)?.pid === process.pid) rmSync(home.ownerFile, { force: true });
}

function findOwner(home: Home): ProcessId | undefined {
  try {
    return JSON.parse(readFileSync(home.ownerFile, 'utf8')) as ProcessId;
  } catch {
    return undefined;
  }
}
