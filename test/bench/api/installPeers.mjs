import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { say } from '../run/rows.mjs';

const own = fileURLToPath(new URL('./peers/', import.meta.url));
const servers = ['servePostgraphile.mjs', 'servePlain.mjs'];
/** One of the peers asks for it; all run on the same. */
const NODE_MAJOR = 22;
const windows = process.platform === 'win32';
const nodePackage = `node-${windows ? 'win' : process.platform}-${process.arch}`;

/**
 * The peers with the packages that their package.json pins, and a Node that all of them run on; kept for the next time.
 *
 * @returns {{ node: string, toFile: (server: string) => URL }}
 */
export function installPeers(folder) {
  const peers = join(folder, 'peers');
  mkdirSync(peers, { recursive: true });
  const wanted = readFileSync(join(own, 'package.json'), 'utf8');
  const stamp = join(peers, 'installed.json');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    say('peers: their packages are installed once …');
    writeFileSync(join(peers, 'package.json'), wanted);
    install(peers, []);
    writeFileSync(stamp, wanted);
  }
  for (const file of servers) copyFileSync(join(own, file), join(peers, file));
  copyFileSync(fileURLToPath(new URL('./serveSubject.mjs', import.meta.url)), join(peers, 'serveSubject.mjs'));
  return {
    node: getNode(join(folder, '..', 'nodes', String(NODE_MAJOR))),
    toFile: (name) => pathToFileURL(join(peers, name)),
  };
}

function getNode(folder) {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  const node = join(folder, 'node_modules', nodePackage, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(node)) return node;
  say(`peers: Node ${NODE_MAJOR} is installed once …`);
  mkdirSync(folder, { recursive: true });
  // A package of its own, or npm would look for one further up and find the product's.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  install(folder, ['--no-save', `${nodePackage}@${NODE_MAJOR}`]);
  return node;
}

function install(cwd, more) {
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', ...more];
  const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', args, { cwd, stdio: ['ignore', 2, 2], shell: windows });
  if (status !== 0) throw new Error(`expected npm to install into ${cwd}, it ended with ${status}: check the registry`);
}
