/**
 * `node cli/prepare.mjs install | build | playground`: what every script runs first. Plain JavaScript that needs no package, for it
 * is what brings the packages: the right Node, the installed packages, the compiled server, the built pages.
 */
import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { assertNode } from './prepare/assertNode.mjs';
import { buildPlayground } from './prepare/buildPlayground.mjs';
import { buildServer } from './prepare/buildServer.mjs';
import { buildWeb } from './prepare/buildWeb.mjs';
import { ensureInstalled } from './prepare/ensureInstalled.mjs';
import { report } from './prepare/report.mjs';
import { UserError } from './prepare/UserError.mjs';

export { assertNode, buildPlayground, buildServer, buildWeb, ensureInstalled, report };

const steps = ['install', 'build', 'playground'];
const usage = 'Expected `node cli/prepare.mjs install`, `build` or `playground`';

async function prepare(step) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  if (!steps.includes(step)) throw new UserError(`${usage}, found ${JSON.stringify(step ?? '')}.`);
  assertNode(root);
  await ensureInstalled(root, { dev: true });
  if (step === 'playground') await buildPlayground(root);
  if (step === 'build') await Promise.all([buildServer(root), buildWeb(root)]);
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  await prepare(process.argv[2]).catch(report);
}
