import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SenderState } from '../../schema/heartbeat/SenderOptions.js';
import { UserError } from '../../schema/lib/errors.js';
import { openStateDir } from './openStateDir.js';

const state: SenderState = {
  network: 'marlin-arbitrum',
  account: `0x${'11'.repeat(20)}`,
  publicKey: `0x${'22'.repeat(32)}`,
  nodes: ['marlin-arbitrum:0xab'],
  counter: 7,
  recent: [{ slot: 29_000_000, nodes: [0] }],
  waiting: [{ beats: [{ node: 0, slot: 29_000_000, sentAt: 29_000_000 * 60_000 }] }],
};

describe('openStateDir', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'computescan-state-'));
  });
  afterEach(() => {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  });
  const noWarning = (line: string) => {
    throw new Error(line);
  };

  it('makes one session key, for its owner only, and keeps it', () => {
    const first = openStateDir(join(folder, 'new'));
    first.close();
    const second = openStateDir(join(folder, 'new'));
    second.close();
    expect(first.seed).toHaveLength(32);
    expect(second.seed).toEqual(first.seed);
    expect(statSync(join(folder, 'new/session.key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700);
  });

  it('gives back what was saved last, and nothing before that', async () => {
    const dir = openStateDir(folder);
    expect(dir.read(noWarning)).toBeUndefined();
    await dir.save({ ...state, counter: 6 });
    await dir.save(state);
    expect(dir.read(noWarning)).toEqual(state);
    expect(existsSync(join(folder, 'state.json.new'))).toBe(false);
    dir.close();
  });

  it('lives with a crash in the middle of saving: the old state stands', async () => {
    const dir = openStateDir(folder);
    await dir.save(state);
    writeFileSync(join(folder, 'state.json.new'), '{"counter":');
    expect(dir.read(noWarning)).toEqual(state);
    await dir.save({ ...state, counter: 8 });
    expect(dir.read(noWarning)?.counter).toBe(8);
    dir.close();
  });

  it('puts aside what is no state, and says so', () => {
    const dir = openStateDir(folder);
    for (const text of ['{"counter":', '[]', '{"counter":1}', 'null']) {
      writeFileSync(join(folder, 'state.json'), text);
      const lines: string[] = [];
      expect(dir.read((line) => lines.push(line))).toBeUndefined();
      expect(lines).toEqual([expect.stringMatching(/Expected the agent's state .* put aside/)]);
      expect(readFileSync(join(folder, 'state.json.unreadable'), 'utf8')).toBe(text);
    }
    dir.close();
  });

  it('is held by one agent at a time; what a dead one left is taken over', () => {
    const first = openStateDir(folder);
    expect(() => openStateDir(folder)).toThrow(`found process ${process.pid}`);
    openStateDir(folder, { isShared: true }).close();
    expect(() => openStateDir(folder)).toThrow(UserError);
    first.close();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    for (const left of [
      JSON.stringify({ pid, started: 'long ago' }),
      JSON.stringify({ pid: process.pid, started: '1' }),
      '',
    ]) {
      writeFileSync(join(folder, 'lock'), left);
      openStateDir(folder).close();
    }
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it('makes a session key anew where a crash has left an empty file, and says so', () => {
    const first = openStateDir(folder);
    first.close();
    writeFileSync(join(folder, 'session.key'), '');
    const lines: string[] = [];
    const second = openStateDir(folder, { warn: (line) => lines.push(line) });
    second.close();
    expect(lines).toEqual([expect.stringMatching(/Expected the session key in .*session.key, found an empty file/)]);
    expect(second.seed).toHaveLength(32);
    expect(second.seed).not.toEqual(first.seed);
    expect(openStateDir(folder, { isShared: true, warn: noWarning }).seed).toEqual(second.seed);
    expect(statSync(join(folder, 'session.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['session.key']);
  });

  it('says what is wrong with a directory that is none, and a key that is none', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => openStateDir(join(folder, 'file/state'))).toThrow(
      /Expected a directory for the agent's state .*ENOTDIR.*--state-dir/,
    );
    writeFileSync(join(folder, 'session.key'), 'short');
    expect(() => openStateDir(folder)).toThrow(/Expected the session key .* got 5 characters/);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});
