import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { SenderState } from '../../schema/heartbeat/SenderOptions.js';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import { isAlive, type ProcessId, toProcessId } from '../postgres/processes.js';

/** What an agent keeps over a restart, in files that only its owner may read. */
export interface StateDir {
  readonly path: string;
  /** The 32 bytes of the session key; made at the first start. */
  readonly seed: Buffer;
  /** Undefined: there is none. What cannot be read is put aside, and `warn` is told. */
  read(warn: (line: string) => void): SenderState | undefined;
  /** Durable when it resolves, and never half of it. */
  save(state: SenderState): Promise<void>;
  close(): void;
}

/**
 * Two agents on one directory would use the same counters: the second one is refused with UserError. `isShared`: an agent may run
 * on it, for nothing but the key is asked for.
 */
export function openStateDir(path: string, { isShared = false }: { readonly isShared?: boolean } = {}): StateDir {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const release = isShared ? () => undefined : hold(join(path, 'lock'), path);
    try {
      return {
        ...{ path, seed: readSeed(join(path, 'session.key')), close: release },
        read: (warn) => readState(join(path, 'state.json'), warn),
        save: (state) => writeDurably(join(path, 'state.json'), JSON.stringify(state)),
      };
    } catch (thrown) {
      release();
      throw thrown;
    }
  } catch (thrown) {
    if (thrown instanceof UserError || !isFileError(thrown)) throw thrown;
    throw new UserError(
      `Expected a directory for the agent's state at ${path}: ${toMessage(thrown)}. Correct --state-dir (AGENT_STATE_DIR).`,
    );
  }
}

/** Over a rename of a whole file, so that a crash leaves the old one or the new one. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const beside = `${path}.new`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  if (process.platform === 'win32') return;
  const folder = await open(join(path, '..'), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Returns how to let go. A link is made whole or not at all: nobody sees a lock that does not name its holder yet. */
function hold(lock: string, path: string): () => void {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(toProcessId(process.pid)), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (link(mine, lock)) return () => rmSync(lock, { force: true });
      const holder = findHolder(lock);
      if (holder && isAlive(holder)) {
        throw new UserError(
          `Expected no other agent on ${path}, found process ${holder.pid}. Stop it, or give this one a --state-dir of its own.`,
        );
      }
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
  throw new UserError(`Expected no other agent on ${path}, found several that start at a time. Start it again.`);
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  }
}

function findHolder(lock: string): ProcessId | undefined {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as ProcessId;
  } catch {
    return undefined;
  }
}

function readSeed(path: string): Buffer {
  try {
    writeFileSync(path, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600, flush: true });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  }
  const digits = readFileSync(path, 'utf8').trim();
  if (/^[0-9a-f]{64}$/.test(digits)) return Buffer.from(digits, 'hex');
  throw new UserError(
    `Expected the session key in ${path}, 64 hexadecimal digits, got ${digits.length} characters. Delete the file: a new key is made and delegated to.`,
  );
}

function readState(path: string, warn: (line: string) => void): SenderState | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
  try {
    const state = JSON.parse(text) as SenderState;
    if (Array.isArray(state.waiting) && Array.isArray(state.recent) && Number.isSafeInteger(state.counter))
      return state;
  } catch {
    // As any other text that is no state.
  }
  renameSync(path, `${path}.unreadable`);
  warn(
    `Expected the agent's state in ${path}, got something else: put aside as ${path}.unreadable. A session is opened anew.`,
  );
  return undefined;
}

function isFileError(thrown: unknown): boolean {
  return typeof (thrown as NodeJS.ErrnoException).code === 'string';
}
