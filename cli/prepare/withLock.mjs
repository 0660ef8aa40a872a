/**
 * One process at a time: a folder that only one can make. It names its holder by pid and start time, so that a holder
 * that was killed is told from one that is slow, and from a stranger who was given the same pid later.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const namelessMs = 5_000;

/**
 * @template T
 * @param {{ folder: string, onWait?: (pid: number) => void }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock({ folder, onWait }, work) {
  mkdirSync(dirname(folder), { recursive: true });
  for (let waited = false; !take(folder); ) {
    const holder = readHolder(folder);
    if (holder && !isAlive(holder)) {
      clear(folder, holder);
      continue;
    }
    if (holder && !waited) onWait?.(holder.pid);
    waited ||= holder !== undefined;
    await sleep(100);
  }
  const free = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', free);
  try {
    return await work();
  } finally {
    process.off('exit', free);
    free();
  }
}

function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(folder, 'holder.json'), JSON.stringify({ pid: process.pid, started: findStart(process.pid) }));
  return true;
}

function readHolder(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'holder.json'), 'utf8'));
  } catch {
    // Just made, or its maker died between two calls: nameless for seconds means nobody's.
    const madeMs = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
    return madeMs !== undefined && Date.now() - madeMs > namelessMs ? { pid: 0 } : undefined;
  }
}

function isAlive({ pid, started }) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return started === undefined || findStart(pid) === started;
}

/** Ticks since boot; undefined where the system does not tell, and then the pid alone decides. */
function findStart(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Moves a dead holder's folder away; if another waiter was faster, what was moved is live and goes back. */
function clear(folder, holder) {
  const aside = `${folder}-${process.pid}`;
  try {
    renameSync(folder, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && (moved.pid !== holder.pid || moved.started !== holder.started)) renameSync(aside, folder);
  else rmSync(aside, { recursive: true, force: true });
}
