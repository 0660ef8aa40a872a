import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toProcessId } from '../postgres/processes.js';
import { holdDir, removeStale } from './holdDir.js';

describe('the lock of a state directory', () => {
  let folder: string;
  let lock: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'computescan-lock-'));
    lock = join(folder, 'lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const dead = JSON.stringify({ pid: process.pid, started: '1' });

  it('goes where it is still that of the dead', () => {
    writeFileSync(lock, dead);
    removeStale(lock, dead);
    removeStale(lock, dead);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('stays with whoever has taken it over since it was looked at', () => {
    const other = JSON.stringify(toProcessId(process.ppid));
    writeFileSync(lock, other);
    removeStale(lock, dead);
    expect(readFileSync(lock, 'utf8')).toBe(other);
    expect(readdirSync(folder)).toEqual(['lock']);
    expect(() => holdDir(folder, lock)).toThrow(`found process ${process.ppid}`);
  });

  it('is let go by its holder only', () => {
    const release = holdDir(folder, lock);
    writeFileSync(lock, dead);
    release();
    expect(readFileSync(lock, 'utf8')).toBe(dead);
    holdDir(folder, lock)();
    expect(existsSync(lock)).toBe(false);
  });
});
