import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { SenderState } from '../../schema/heartbeat/SenderOptions.js';
import { toMessage, UserError } from '../../schema/lib/errors.js';
import { holdDir, link } from './holdDir.js';

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
 * on it, for nothing but the key is asked for. `warn` is told of a key that had to be made anew.
 */
export function openStateDir(
  path: string,
  options: { readonly isShared?: boolean; readonly warn?: (line: string) => void } = {},
): StateDir {
  const { isShared = false, warn = () => undefined } = options;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const release = isShared ? () => undefined : holdDir(path, join(path, 'lock'));
    try {
      return {
        ...{ path, seed: readSeed(join(path, 'session.key'), warn), close: release },
        read: (tell) => readState(join(path, 'state.json'), tell),
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

/** Made at the first start: whole or not at all, so that no crash leaves half a key. */
function readSeed(path: string, warn: (line: string) => void): Buffer {
  let digits = readDigits(path);
  if (digits === '') {
    rmSync(path, { force: true });
    warn(
      `Expected the session key in ${path}, found an empty file, as a crash leaves it: a new key is made and has to be delegated to anew.`,
    );
    digits = undefined;
  }
  if (digits === undefined) {
    const beside = `${path}.${process.pid}.new`;
    writeFileSync(beside, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flush: true });
    try {
      // Who came first has made it.
      link(beside, path);
    } finally {
      rmSync(beside, { force: true });
    }
    digits = readDigits(path) ?? '';
  }
  if (/^[0-9a-f]{64}$/.test(digits)) return Buffer.from(digits, 'hex');
  throw new UserError(
    `Expected the session key in ${path}, 64 hexadecimal digits, got ${digits.length} characters. Delete the file: a new key is made and delegated to.`,
  );
}

/** Undefined: there is no such file. */
function readDigits(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
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
