#!/usr/bin/env node
/**
 * The command. Brings packages and dist/ up to date, then hands over to cli/main.ts:
 * `main(argv, { root, buildWeb, buildPlayground }): Promise<number>`, the exit code. `buildWeb()` resolves when the pages
 * are built; asked twice it builds once, and for `up` it has already begun by the time main is called. `buildPlayground()` is for who
 * first opens the playground.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { assertNode, buildPlayground, buildServer, buildWeb, ensureInstalled, report } from './prepare.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const argv = process.argv.slice(2);
const ending = new AbortController();

try {
  assertNode(root);
  await ensureInstalled(root);

  let pages;
  const context = {
    root,
    buildWeb() {
      pages ??= buildWeb(root, { signal: ending.signal });
      return pages.then(() => {});
    },
    buildPlayground: () => buildPlayground(root, { signal: ending.signal }),
  };
  const isUp = argv[0] === 'up' && !argv.includes('--help') && !argv.includes('-h');
  // Whoever awaits the pages hears of a failure; here they are only begun.
  if (isUp) context.buildWeb().catch(() => {});

  await buildServer(root);
  const { main } = await import(pathToFileURL(join(root, 'dist', 'cli', 'main.js')).href);
  process.exitCode = await main(argv, context);
} catch (error) {
  report(error);
} finally {
  ending.abort();
}
