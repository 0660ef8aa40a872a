import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { missingBuild } from './buildServer.mjs';
import { hashFiles } from './hashFiles.mjs';
import { run } from './run.mjs';
import { UserError } from './UserError.mjs';
import { withLock } from './withLock.mjs';

const sources = ['web/app', 'web/public', 'web/tsconfig.json', 'vite.config.ts', 'package-lock.json'];

/**
 * Builds the pages when their sources changed since the last build; silent unless it fails. The stamp goes before the
 * build and comes after it, so a build that was cut short is made again.
 *
 * @param {string} root
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<'absent' | 'present' | 'built'>}
 */
export async function buildWeb(root, { signal } = {}) {
  if (!existsSync(join(root, 'web', 'app'))) return existsSync(toEntry(root)) ? 'present' : 'absent';
  if (isBuilt(root)) return 'present';
  const tool = join(root, 'node_modules', '@remix-run', 'dev', 'dist', 'cli.js');
  if (!existsSync(tool)) {
    if (existsSync(toEntry(root))) return 'present';
    throw new UserError(missingBuild);
  }
  const folder = join(root, 'node_modules', '.computescan-web.lock');
  try {
    return await withLock({ folder }, () => build(root, { tool, signal }));
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    throw new UserError(
      `Expected to be able to write the built pages to ${join(root, 'web', 'build')}, got ${error.code}: make the folder writable, or run \`npm run build\` as its owner.`,
    );
  }
}

async function build(root, { tool, signal }) {
  const stamp = toStamp(root);
  if (isBuilt(root, stamp)) return 'present';
  rmSync(toStampFile(root), { force: true });
  const { code, output } = await run({
    command: process.execPath,
    args: [tool, 'vite:build'],
    cwd: root,
    quiet: true,
    // The pages are served as production pages whatever runs this, Jest included.
    env: { ...process.env, NODE_ENV: 'production' },
    signal,
  });
  if (code !== 0) {
    throw new UserError(
      `Expected the pages to build, \`remix vite:build\` ended with exit code ${code}:\n${output.trimEnd()}`,
    );
  }
  writeFileSync(toStampFile(root), stamp);
  return 'built';
}

function isBuilt(root, stamp) {
  if (!existsSync(toEntry(root)) || !existsSync(toStampFile(root))) return false;
  return readFileSync(toStampFile(root), 'utf8') === (stamp ?? toStamp(root));
}

function toEntry(root) {
  return join(root, 'web', 'build', 'server', 'index.js');
}

function toStampFile(root) {
  return join(root, 'web', 'build', '.stamp');
}

function toStamp(root) {
  return `${hashFiles(root, sources)}\n`;
}
