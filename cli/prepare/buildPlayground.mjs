import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { hashFiles } from './hashFiles.mjs';
import { run } from './run.mjs';
import { UserError } from './UserError.mjs';
import { withLock } from './withLock.mjs';

const sources = ['web/playground', 'api/playground/examples'];
/** What the bundle is made of; another version of anything else in the lock file is no reason to build again. */
const packages = ['graphiql', '@graphiql/react', '@graphiql/toolkit', 'monaco-editor', 'react', 'graphql', 'vite'];
const compressed = /\.(js|css|html)$/;

/**
 * Builds the GraphQL playground into dist/playground when its sources or its packages changed since the last build. It takes as much time
 * as all else together, so nothing that starts waits for it. Each file has a `.gz` beside it; the folder is put in place whole.
 *
 * @param {string} root
 * @param {{ signal?: AbortSignal }} [options]
 * @returns {Promise<'absent' | 'present' | 'built'>} absent: there is nothing to build it with, and no earlier build.
 */
export async function buildPlayground(root, { signal } = {}) {
  const stamp = toStamp(root);
  if (isBuilt(root, stamp)) return 'present';
  const tool = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!existsSync(tool) || !existsSync(join(root, 'node_modules', 'graphiql'))) {
    return existsSync(join(toFolder(root), 'index.html')) ? 'present' : 'absent';
  }
  const folder = join(root, 'node_modules', '.computescan-playground.lock');
  try {
    return await withLock({ folder }, async () => {
      if (isBuilt(root, stamp)) return 'present';
      await build(root, { tool, stamp, signal });
      return 'built';
    });
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    throw new UserError(
      `Expected to be able to write the playground to ${toFolder(root)}, got ${error.code}: make the folder writable, or run \`npm run build\` as its owner.`,
    );
  }
}

async function build(root, { tool, stamp, signal }) {
  const made = join(root, 'dist', `.playground-${process.pid}`);
  try {
    const config = join(root, 'web', 'playground', 'vite.config.mjs');
    const { code, output } = await run({
      command: process.execPath,
      args: [tool, 'build', '--config', config, '--outDir', made, '--emptyOutDir'],
      cwd: root,
      quiet: true,
      env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
      signal,
    });
    if (code !== 0) {
      throw new UserError(
        `Expected the playground to build, \`vite build\` ended with exit code ${code}:\n${output.trimEnd()}`,
      );
    }
    for (const file of readdirSync(made, { recursive: true }).filter((name) => compressed.test(name))) {
      writeFileSync(join(made, `${file}.gz`), gzipSync(readFileSync(join(made, file)), { level: 9 }));
    }
    writeFileSync(join(made, '.stamp'), stamp);
    mkdirSync(join(root, 'dist'), { recursive: true });
    rmSync(toFolder(root), { recursive: true, force: true });
    renameSync(made, toFolder(root));
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function isBuilt(root, stamp) {
  const file = join(toFolder(root), '.stamp');
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

function toFolder(root) {
  return join(root, 'dist', 'playground');
}

function toStamp(root) {
  const versions = packages.map((name) => `${name}@${readVersion(root, name)}`).join(' ');
  return `${createHash('sha256').update(hashFiles(root, sources)).update(versions).digest('hex')}\n`;
}

function readVersion(root, name) {
  try {
    return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
  } catch {
    return 'absent';
  }
}
