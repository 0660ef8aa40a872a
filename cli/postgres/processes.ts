/** What the system tells of a process by its pid: is it there, and is it still the one we mean. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';

/** A process by pid and start time; the time tells it from a later stranger with the same pid. */
export interface ProcessId {
  readonly pid: number;
  readonly started?: string;
}

export function toProcessId(pid: number): ProcessId {
  return { pid, started: findStart(pid) };
}

export function isAlive({ pid, started }: ProcessId): boolean {
  if (!exists(pid)) return false;
  return started === undefined || findStart(pid) === started;
}

export type ServerState = 'alive' | 'dead' | 'zombie' | 'other';

/** `other`: the pid was given to a process that is not the Postgres server of this cluster. */
export function readServerState(pid: number, clusterDir: string): ServerState {
  if (!exists(pid)) return 'dead';
  if (process.platform === 'win32') return 'alive';
  try {
    if (!existsSync('/proc/self/stat')) return toState(readCommand(pid), clusterDir);
    if (readStat(pid)[0] === 'Z') return 'zombie';
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    // A process on its way out has lost its command line before it shows as a zombie.
    if (command === '') return 'zombie';
    // The folder follows a rename of the checkout; it is readable only for root and the server's own account.
    return command.includes('postgres') && findFolder(pid) === clusterDir ? 'alive' : toState(command, clusterDir);
  } catch {
    return 'dead';
  }
}

function toState(command: string, clusterDir: string): ServerState {
  if (command === '') return 'dead';
  return command.includes('postgres') && command.includes(clusterDir) ? 'alive' : 'other';
}

function exists(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Opaque; undefined where the system does not tell, and then the pid alone decides. */
function findStart(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  try {
    if (existsSync('/proc/self/stat')) return readStat(pid)[19];
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim() || undefined;
  } catch {
    return undefined;
  }
}

/** The fields after the command's name, which may itself hold spaces and brackets: state first, start time twentieth. */
function readStat(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function readCommand(pid: number): string {
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
}

function findFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
