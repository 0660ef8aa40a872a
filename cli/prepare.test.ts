import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The scripts under test run before there is a compiler, so they are JavaScript; here is what they export. */
interface Scripts {
  isInRange(version: string, range: string): boolean;
  assertNode(root: string, version: string): void;
  isSatisfied(root: string, options: { needsDev: boolean }): boolean;
  ensureInstalled(
    root: string,
    options: { dev?: boolean; env: Record<string, string> },
  ): Promise<'present' | 'installed'>;
  buildServer(root: string): Promise<void>;
  buildWeb(root: string): Promise<'absent' | 'present' | 'built'>;
  withLock<T>(options: { folder: string }, work: () => Promise<T>): Promise<T>;
  compile(options: { root: string }): Promise<{ written: number; removed: number; total: number }>;
}

const here = dirname(fileURLToPath(import.meta.url));
const scripts = await loadScripts();
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('the version of Node', () => {
  const range = '>=20.19 <21 || >=22.13 <23 || >=24.11';

  it.each([
    ['20.19.0', true],
    ['20.20.2', true],
    ['22.13.1', true],
    ['24.11.0', true],
    ['26.0.0', true],
    ['18.20.0', false],
    ['20.18.3', false],
    ['21.7.0', false],
    ['22.12.9', false],
    ['23.1.0', false],
    ['24.2.0', false],
  ])('%s fits: %s', (version, fits) => {
    expect(scripts.isInRange(version, range)).toBe(fits);
  });

  it('is refused with what to install', () => {
    expect(() => scripts.assertNode(dirname(here), '18.20.0')).toThrow(
      /^Expected Node >=20\.19.*, found 18\.20\.0: install/,
    );
  });
});

describe('the packages', () => {
  it.each([
    ['all there', {}, true, true],
    ['without any development package', { tool: null, lint: null }, true, false],
    ['with one development package missing', { tool: null }, false, false],
    ['with a dependency missing', { kept: null }, false, false],
    ['with a dependency of another version', { kept: '1.0.1' }, false, false],
    ['with a package of a package of another version', { deep: '3.0.1' }, false, false],
    ['with a package of a package missing', { deep: null }, false, false],
    ['without an optional package', { extra: null }, true, true],
  ])('%s: enough to run %s, to develop %s', (_title, changes, runs, develops) => {
    const root = createProject();
    installPackages(root, changes);
    expect(scripts.isSatisfied(root, { needsDev: false })).toBe(runs);
    expect(scripts.isSatisfied(root, { needsDev: true })).toBe(develops);
  });

  it('are stale when the lock file names other versions', () => {
    const root = createProject();
    installPackages(root);
    expect(scripts.isSatisfied(root, { needsDev: true })).toBe(true);
    const file = join(root, 'package-lock.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"3.0.0"', '"3.1.0"'));
    expect(scripts.isSatisfied(root, { needsDev: true })).toBe(false);
  });

  it('are installed once when two ask at once', async () => {
    const root = createProject();
    const env = { npm_execpath: createNpm(root) };
    const answers = await Promise.all([scripts.ensureInstalled(root, { env }), scripts.ensureInstalled(root, { env })]);
    expect(answers.sort()).toEqual(['installed', 'present']);
    expect(readFileSync(join(root, 'installs'), 'utf8')).toBe('install --no-audit --no-fund --loglevel=error\n');
    expect(existsSync(join(root, 'node_modules', '.computescan.lock'))).toBe(false);
  });

  it('are not said to be there when npm fails', async () => {
    const root = createProject();
    const env = { npm_execpath: createNpm(root, 'process.exit(7)') };
    await expect(scripts.ensureInstalled(root, { env })).rejects.toThrow('it ended with exit code 7');
  });
});

describe('a lock', () => {
  it('of a killed process is taken over', async () => {
    const folder = join(createFolder(), 'lock');
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.once('exit', resolve));
    mkdirSync(folder);
    writeFileSync(join(folder, 'holder.json'), JSON.stringify({ pid: child.pid }));
    expect(await scripts.withLock({ folder }, async () => 'done')).toBe('done');
    expect(existsSync(folder)).toBe(false);
  });

  it('lets one in at a time', async () => {
    const folder = join(createFolder(), 'lock');
    let inside = 0;
    const work = async () => {
      expect(++inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => scripts.withLock({ folder }, work)));
  });
});

describe('the compiled server', () => {
  it('follows its sources: written, left alone, removed', async () => {
    const root = createProject();
    const source = join(root, 'cli', 'answer.ts');
    const output = join(root, 'dist', 'cli', 'answer.js');
    writeProject(root, {
      'cli/answer.ts': 'export const answer: number = 41;',
      'cli/answer.test.ts': 'throw new Error();',
      'cli/all.sql': 'select 1',
      'web/server/page.ts': 'export {};',
      'web/app/root.ts': 'export {};',
    });
    expect(await scripts.compile({ root })).toEqual({ written: 3, removed: 0, total: 3 });
    expect(readFileSync(join(root, 'dist', 'cli', 'all.sql'), 'utf8')).toBe('select 1');
    expect(JSON.parse(readFileSync(`${output}.map`, 'utf8'))).toMatchObject({ sources: ['../../cli/answer.ts'] });

    const { mtimeMs } = statSync(output);
    utimesSync(source, new Date(), new Date());
    expect(await scripts.compile({ root })).toEqual({ written: 0, removed: 0, total: 3 });
    expect(statSync(output).mtimeMs).toBe(mtimeMs);

    writeFileSync(source, 'export const answer: number = 42;');
    rmSync(join(root, 'cli', 'all.sql'));
    expect(await scripts.compile({ root })).toEqual({ written: 1, removed: 1, total: 2 });
    expect(await import(pathToFileURL(output).href)).toMatchObject({ answer: 42 });
    expect(existsSync(join(root, 'dist', 'cli', 'all.sql'))).toBe(false);
  });

  it('and the pages are asked for when the tools to build them are not installed', async () => {
    const root = createProject();
    writeProject(root, { 'web/app/root.tsx': '' });
    const text = /^Expected a built product .* found none .*: run `npm install && npm run build`\.$/;
    await expect(scripts.buildServer(root)).rejects.toThrow(text);
    await expect(scripts.buildWeb(root)).rejects.toThrow(text);
    writeProject(root, { 'dist/cli/main.js': '', 'web/build/server/index.js': '' });
    await scripts.buildServer(root);
    expect(await scripts.buildWeb(root)).toBe('present');
  });
});

async function loadScripts(): Promise<Scripts> {
  const files = [
    'compile.mjs',
    'prepare.mjs',
    'prepare/assertNode.mjs',
    'prepare/ensureInstalled.mjs',
    'prepare/withLock.mjs',
  ];
  const modules = await Promise.all(files.map((file): Promise<object> => import(pathToFileURL(join(here, file)).href)));
  return Object.assign({}, ...modules) as Scripts;
}

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'computescan-prepare-'));
  folders.push(folder);
  return folder;
}

const locked = {
  kept: { version: '1.0.0' },
  deep: { version: '3.0.0' },
  tool: { version: '2.0.0', dev: true },
  lint: { version: '4.0.0', dev: true },
  extra: { version: '5.0.0', optional: true },
};

function createProject(): string {
  const root = createFolder();
  const packages = Object.fromEntries(Object.entries(locked).map(([name, entry]) => [`node_modules/${name}`, entry]));
  writeProject(root, {
    'package.json': JSON.stringify({
      type: 'module',
      dependencies: { kept: '1.0.0' },
      devDependencies: { tool: '2.0.0', lint: '4.0.0' },
      optionalDependencies: { extra: '5.0.0' },
    }),
    'package-lock.json': JSON.stringify({ packages: { '': {}, ...packages } }),
  });
  return root;
}

/** As npm leaves them, with its own list beside; `changes` gives other versions, null for absent. */
function installPackages(root: string, changes: Record<string, string | null> = {}): void {
  const versions = Object.entries(locked)
    .map(([name, { version }]) => [name, name in changes ? changes[name] : version] as const)
    .filter(([, version]) => version !== null);
  for (const [name, version] of versions) {
    writeProject(root, { [`node_modules/${name}/package.json`]: JSON.stringify({ name, version }) });
  }
  const packages = Object.fromEntries(versions.map(([name, version]) => [`node_modules/${name}`, { version }]));
  writeProject(root, { 'node_modules/.package-lock.json': JSON.stringify({ packages }) });
}

/** Stands for npm: notes that it ran, takes a while, and leaves what the real one would. */
function createNpm(root: string, ending = ''): string {
  const finished = createProject();
  installPackages(finished);
  const file = join(root, 'npm-cli.js');
  const text = `
    import { appendFileSync, cpSync } from 'node:fs';
    ${ending};
    appendFileSync('installs', process.argv.slice(2).join(' ') + '\\n');
    await new Promise((resolve) => setTimeout(resolve, 200));
    cpSync(${JSON.stringify(join(finished, 'node_modules'))}, 'node_modules', { recursive: true });`;
  writeFileSync(file, text);
  return file;
}

function writeProject(root: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}
