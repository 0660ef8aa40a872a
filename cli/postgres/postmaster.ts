/** What `postmaster.pid` says of the server of a cluster: line 1 its pid, line 4 its port, line 8 its status. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

export function findPostmaster(clusterDir: string): Postmaster | undefined {
  let text: string;
  try {
    text = readFileSync(toFile(clusterDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const lines = text.split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/**
 * For a pid that now belongs to a stranger, or to a corpse nobody buries: Postgres would refuse to start. It passes
 * over the pid of its own parent, which we are, and then still looks whether the old server's memory is in use, as it
 * would not if the file were removed.
 */
export function disownPostmaster(clusterDir: string): void {
  const file = toFile(clusterDir);
  const [, ...rest] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [process.pid, ...rest].join('\n'));
}

function toFile(clusterDir: string): string {
  return join(clusterDir, 'postmaster.pid');
}
