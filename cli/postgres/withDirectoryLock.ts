/**
 * One process at a time: a folder that only one can make. It names its holder, so that a holder that was killed is
 * told from one that is slow.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessId, toProcessId } from './processes.js';

/** A lock without a name for this long was left by a process that died between making and naming it. */
const NAMELESS_MS = 5_000;

export async function withDirectoryLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  while (!take(folder)) {
    const holder = findHolder(folder);
    if (holder && !isAlive(holder)) clear(folder, holder);
    else await sleep(25);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function take(folder: string): boolean {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(folder, 'holder.json'), JSON.stringify(toProcessId(process.pid)));
  return true;
}

function findHolder(folder: string): ProcessId | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'holder.json'), 'utf8')) as ProcessId;
  } catch {
    const made = statSync(folder, { throwIfNoEntry: false });
    return made && Date.now() - made.mtimeMs > NAMELESS_MS ? { pid: 0 } : undefined;
  }
}

/** Moves a dead holder's folder away; if another waiter was faster, what was moved is live and goes back. */
function clear(folder: string, holder: ProcessId): void {
  const aside = `${folder}-${process.pid}`;
  try {
    renameSync(folder, aside);
  } catch {
    return;
  }
  const moved = findHolder(aside);
  if (moved && (moved.pid !== holder.pid || moved.started !== holder.started)) renameSync(aside, folder);
  else rmSync(aside, { recursive: true, force: true });
}
