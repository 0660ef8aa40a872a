import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../schema/lib/errors.js';

/**
 * The file that says which anvil works on a data folder and which process drives it. An anvil whose driver died is an
 * orphan: it cannot go on, and all it knows is in the journal, so the next start ends it.
 */
interface Owner {
  readonly anvil: number;
  readonly driver: number;
}

export function writeOwner(folder: string, anvil: number): void {
  writeFileSync(toFile(folder), JSON.stringify({ anvil, driver: process.pid } satisfies Owner));
}

export function removeOwner(folder: string): void {
  rmSync(toFile(folder), { force: true });
}

/** Ends an orphan on this folder; refuses when its driver is still at work. */
export async function endOrphan(folder: string): Promise<void> {
  const owner = findOwner(folder);
  if (owner && isOurs(owner.anvil, folder)) {
    const { parent } = findProcess(owner.anvil) ?? { parent: 0 };
    if (parent === owner.driver) {
      throw new UserError(
        `Expected no other devnet on ${folder}, found one driven by process ${owner.driver}: stop it or choose another data directory.`,
      );
    }
    await endProcess(owner.anvil, folder);
  }
  removeOwner(folder);
}

async function endProcess(pid: number, folder: string): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isOurs(pid, folder)) return;
    process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < 5000 && isOurs(pid, folder); waitedMs += 20) await sleep(20);
  }
}

function findOwner(folder: string): Owner | undefined {
  try {
    const parsed = JSON.parse(readFileSync(toFile(folder), 'utf8')) as Partial<Owner>;
    if (Number.isInteger(parsed.anvil) && Number.isInteger(parsed.driver)) return parsed as Owner;
  } catch {
    // No file, or a torn one: then there is nobody we know of.
  }
  return undefined;
}

/** A process id alone proves nothing, for ids come again; the command line must name anvil and this very folder. */
function isOurs(pid: number, folder: string): boolean {
  const command = findProcess(pid)?.command ?? '';
  return command.includes('anvil') && command.includes(path.join(folder, 'anvil-cache'));
}

function findProcess(pid: number): { readonly parent: number; readonly command: string } | undefined {
  try {
    if (existsSync('/proc/self/stat')) {
      // "pid (name) state parent …": the name may hold anything, so count from its closing bracket.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      if (fields[0] === 'Z') return undefined;
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return { parent: Number(fields[1]), command };
    }
    const line = execFileSync('ps', ['-ww', '-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    const at = line.indexOf(' ');
    return { parent: Number(line.slice(0, at)), command: line.slice(at + 1) };
  } catch {
    return undefined;
  }
}

function toFile(folder: string): string {
  return path.join(folder, 'anvil.json');
}
