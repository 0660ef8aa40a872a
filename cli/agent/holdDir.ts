import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { UserError } from '../../schema/lib/errors.js';
import { isAlive, type ProcessId, toProcessId } from '../postgres/processes.js';

/**
 * Holds the directory for this process by a file in it; returns how to let go. A link is made whole or not at all: nobody sees
 * a lock that does not name its holder yet. Throws UserError where another process that is alive holds it.
 */
export function holdDir(path: string, lock: string): () => void {
  const own = JSON.stringify(toProcessId(process.pid));
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, own, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (link(mine, lock)) return () => removeStale(lock, own);
      const text = read(lock);
      const holder = toHolder(text);
      if (holder && isAlive(holder)) {
        throw new UserError(
          `Expected no other agent on ${path}, found process ${holder.pid}. Stop it, or give this one a --state-dir of its own.`,
        );
      }
      if (text !== undefined) removeStale(lock, text);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  throw new UserError(`Expected no other agent on ${path}, found several that start at a time. Start it again.`);
}

/**
 * Removes a lock whose holder was judged by this text. Whoever judged it at the same time may have taken it over since: what
 * stands there is moved aside by one process only, looked at again, and put back where it is another one.
 */
export function removeStale(lock: string, text: string): void {
  const aside = `${lock}.${process.pid}.aside`;
  try {
    renameSync(lock, aside);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw thrown;
  }
  try {
    if (read(aside) !== text) link(aside, lock);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** False where something of that name is there. */
export function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}

function toHolder(text: string | undefined): ProcessId | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as ProcessId);
  } catch {
    return undefined;
  }
}
