import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../compile.mjs';
import { UserError } from './UserError.mjs';

/** Brings dist/ up to date; without the compiler, what is built already is taken as it is. */
export async function buildServer(root) {
  if (!existsSync(join(root, 'node_modules', '@swc', 'core', 'package.json'))) {
    if (existsSync(join(root, 'dist', 'cli', 'main.js'))) return;
    throw new UserError(missingBuild);
  }
  try {
    await compile({ root });
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    throw new UserError(
      `Expected to be able to write the compiled server to ${join(root, 'dist')}, got ${error.code}: make the folder writable, or run \`npm run build\` as its owner.`,
    );
  }
}

export const missingBuild =
  'Expected a built product (dist/ and web/build), found none and the build tools are not installed: run `npm install && npm run build`.';
