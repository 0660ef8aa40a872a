/**
 * Installs the packages when they are missing or of other versions than the lock file says, and only then: what a user
 * installed by hand, with or without the development packages, is taken as it is.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Interrupted, run } from './run.mjs';
import { UserError } from './UserError.mjs';
import { withLock } from './withLock.mjs';

/**
 * `dev`: the caller cannot do without the development packages. Otherwise an install without any of them will do.
 *
 * @param {string} root
 * @param {{ dev?: boolean, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<'present' | 'installed'>}
 */
export async function ensureInstalled(root, { dev = false, env = process.env } = {}) {
  const needsDev = dev && !isProduction(env);
  if (isSatisfied(root, { needsDev })) return 'present';
  mkdirOrExplain(join(root, 'node_modules'));
  const folder = join(root, 'node_modules', '.computescan.lock');
  const onWait = (pid) => say(`waiting for the install that process ${pid} is making …`);
  return withLock({ folder, onWait }, async () => {
    if (isSatisfied(root, { needsDev })) return 'present';
    say('installing packages (`npm install`): about a minute the first time …');
    await install(root, env);
    if (!isSatisfied(root, { needsDev })) {
      throw new UserError(
        'Expected `npm install` to bring every package of package-lock.json, some are missing or of another version: delete node_modules and try again.',
      );
    }
    return 'installed';
  });
}

export function isSatisfied(root, { needsDev }) {
  const manifest = readJson(join(root, 'package.json'));
  const lockText = readText(join(root, 'package-lock.json'));
  const locked = lockText ? JSON.parse(lockText).packages : {};
  const production = Object.entries(manifest.dependencies ?? {});
  const development = Object.entries(manifest.devDependencies ?? {});

  if (!production.every((entry) => isPresent(root, entry))) return false;
  const hasDev = development.every((entry) => isPresent(root, entry));
  // Some packages are in both trees; only those that development alone needs tell an install without any of it.
  const onlyDev = development.filter(([name]) => locked[`node_modules/${name}`]?.dev ?? !lockText);
  const lacksDev = onlyDev.every(([name]) => !existsSync(join(root, 'node_modules', name)));
  if (!hasDev && (needsDev || !lacksDev)) return false;

  const stamp = toStamp({ manifest, lockText, hasDev });
  const stampFile = join(root, 'node_modules', '.computescan');
  if (readText(stampFile) === stamp) return true;
  if (!matchesLock({ root, locked, hasDev })) return false;
  try {
    writeFileSync(stampFile, stamp);
  } catch {
    // Packages that belong to another user are as good; the full comparison is then made each time.
  }
  return true;
}

function isPresent(root, [name, wanted]) {
  const text = readText(join(root, 'node_modules', name, 'package.json'));
  if (!text) return false;
  return !/^\d+\.\d+\.\d+/.test(wanted) || JSON.parse(text).version === wanted;
}

/** Compares the whole tree with the lock file by the list that npm leaves of what it has installed. */
function matchesLock({ root, locked, hasDev }) {
  const modules = join(root, 'node_modules');
  const text = readText(join(modules, '.package-lock.json'));
  // Another package manager keeps no such list: its own direct packages were compared, the rest is its care.
  if (!text) return existsSync(join(modules, '.modules.yaml')) || existsSync(join(modules, '.yarn-state.yml'));
  const installed = JSON.parse(text).packages;
  const isWanted = ({ optional, dev, devOptional, peer, link }) =>
    !optional && !devOptional && !peer && !link && (hasDev || !dev);
  return Object.entries(locked).every(([path, entry]) => {
    const found = installed[path];
    return path === '' || (found ? found.version === entry.version : !isWanted(entry));
  });
}

function toStamp({ manifest, lockText, hasDev }) {
  const { dependencies, devDependencies, optionalDependencies, overrides } = manifest;
  const content = JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides, lockText, hasDev });
  return `${createHash('sha256').update(content).digest('hex')}\n`;
}

async function install(root, env) {
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error'];
  // Under `npm start` the same npm is used again, whatever the PATH holds.
  const own = basename(env.npm_execpath ?? '') === 'npm-cli.js' ? env.npm_execpath : undefined;
  const windows = process.platform === 'win32';
  const [command, first] = own ? [process.execPath, [own]] : [windows ? 'npm.cmd' : 'npm', []];
  const { code } = await run({ command, args: [...first, ...args], cwd: root, shell: windows && !own, env }).catch(
    (error) => {
      if (error instanceof Interrupted) throw error;
      throw new UserError(
        `Expected npm to be on the PATH, could not start it (${error.message}): install Node with npm.`,
      );
    },
  );
  if (code !== 0) {
    throw new UserError(
      `Expected \`npm install\` to succeed, it ended with exit code ${code}: see its lines above, then try again.`,
    );
  }
}

function isProduction(env) {
  return env.NODE_ENV === 'production' || (env.npm_config_omit ?? '').split(/\s+/).includes('dev');
}

function mkdirOrExplain(folder) {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UserError(
      `Expected to be able to install packages into ${folder}, got ${error.code}: make the folder writable, or run \`npm install\` as its owner.`,
    );
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function say(text) {
  process.stderr.write(`computescan: ${text}\n`);
}
