import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['schema', 'indexer', 'api', 'web/app', 'web/playground', 'web/server', 'cli', 'devnet', 'examples'];
const run = promisify(execFile);

describe('the import table', () => {
  it('holds for every file', async () => {
    expect(await listBreaches(root, rooms)).toEqual([]);
  });

  it('catches a breach of every kind', async () => {
    const tree = await plantTree();
    try {
      const caught = await listBreaches(tree, ['schema', 'indexer', 'api', 'web', 'cli']);
      expect(caught).toEqual(expect.arrayContaining(breaches.map((breach) => breach.rule)));
    } finally {
      await rm(tree, { recursive: true });
    }
  });
});

const breaches = [
  { file: 'indexer/sync/one.ts', imports: '../../api/planted.js', rule: 'indexer-imports-only-schema' },
  { file: 'schema/two.ts', imports: '../indexer/planted.js', rule: 'schema-imports-only-itself' },
  { file: 'api/three.ts', imports: '../cli/planted.js', rule: 'nothing-imports-cli' },
  { file: 'web/app/four.ts', imports: '../../schema/planted.js', rule: 'web-pages-know-the-api-by-types-only' },
  { file: 'cli/five.ts', imports: '../indexer/sync/planted.js', rule: 'cli-enters-rooms-by-their-main' },
  { file: 'indexer/source/six.ts', imports: '../writer/planted.js', rule: 'indexer-stages-meet-only-in-sync' },
  { file: 'indexer/adapters/one/seven.ts', imports: '../two/planted.js', rule: 'adapters-do-not-know-each-other' },
  { file: 'api/eightQueries.ts', imports: 'graphql', rule: 'queries-know-no-graphql' },
  { file: 'api/nineResolver.ts', imports: 'pg', rule: 'resolvers-know-no-pg' },
  { file: 'indexer/sync/ten.ts', imports: 'viem', rule: 'viem-has-one-home' },
  { file: 'web/app/components/eleven.ts', imports: '../data/planted.js', rule: 'components-fetch-nothing' },
  { file: 'indexer/events/twelve.ts', imports: '../writer/planted.js', rule: 'events-import-no-stage' },
  { file: 'indexer/sync/thirteen.ts', imports: 'undici', rule: 'undici-has-one-home' },
  { file: 'indexer/writer/fourteen.ts', imports: '../telemetry/planted.js', rule: 'facts-know-no-readings' },
  { file: 'indexer/telemetry/fifteen.ts', imports: '../writer/planted.js', rule: 'telemetry-writes-readings-only' },
];

/**
 * Who may make requests without the guarded client, and why. Beside them undici has two homes: the guarded client, and
 * `indexer/source/rpc/`, whose URLs come from the operator and may well be private.
 */
const outbound: Readonly<Record<string, string>> = {
  'web/server/createHttpQuery.ts': "the pages' server asks the API that the operator named",
  'web/app/usePulse.ts': 'a browser asks the server its page came from',
  'web/app/useStream.ts': 'a browser listens to the server its page came from',
  'web/app/useSuggestions.ts': 'a browser asks the server its page came from',
  'web/playground/ask.ts': 'a browser asks the server its page came from',
  'examples/typed-client/listPayouts.ts': 'a client asks the API that its user named',
  'devnet/rpc.ts': 'the devnet asks its own anvil on loopback',
  'devnet/emptyChain.ts': 'only serves, for its own anvil',
  'schema/heartbeat/createHttpPost.ts': 'an agent sends beats to the gateway that its operator named',
};
const tests = ['**/*.test.ts', 'test/**'];

describe('the ban on requests past the guarded client', () => {
  it('excepts whom the list names, and nobody else', async () => {
    const { overrides } = JSON.parse(await readFile(join(root, 'biome.json'), 'utf8')) as {
      overrides: readonly { includes: readonly string[] }[];
    };
    expect(overrides.flatMap(({ includes }) => includes)).toEqual([...Object.keys(outbound), ...tests]);
  });

  it('names nobody who does not need it', async () => {
    // Rules that are named on the command line know no exceptions.
    const rules = ['noRestrictedGlobals', 'noRestrictedImports'].map((rule) => `--only=style/${rule}`);
    const found = await listLinted(root, ['lint', ...rules, ...rooms]);
    const files = found.map(({ file }) => file).filter((file) => !file.endsWith('.test.ts'));
    expect(new Set(files)).toEqual(new Set(Object.keys(outbound)));
  });

  it.each([
    "fetch('http://provider.example');",
    "const ask = fetch; ask('http://provider.example');",
    "globalThis.fetch('http://provider.example');",
    "global['fetch']('http://provider.example');",
    "new WebSocket('ws://provider.example');",
    "new EventSource('http://provider.example');",
    "import { request } from 'node:http'; request('http://provider.example');",
    "import http from 'node:http'; http.get('http://provider.example');",
    "import * as https from 'node:https'; https.get('https://provider.example');",
    "import { get } from 'http'; get('http://provider.example');",
    "const { request } = await import('node:https'); request('https://provider.example');",
    "const http = require('node:http'); http.get('http://provider.example');",
    "export { request } from 'node:http';",
    "import { connect } from 'node:net'; connect(80, 'provider.example');",
    "import { connect } from 'node:tls'; connect(443, 'provider.example');",
    "import { connect } from 'node:http2'; connect('https://provider.example');",
  ])('catches %s', async (text) => {
    const tree = await mkdtemp(join(tmpdir(), 'computescan-outbound-'));
    try {
      for (const name of ['biome.json', '.gitignore']) await cp(join(root, name), join(tree, name));
      await plant(tree, 'indexer/planted.ts', `${text}\n`);
      await plant(tree, 'devnet/rpc.ts', `${text}\n`);
      const found = await listLinted(tree, ['lint', '--diagnostic-level=error', '.']);
      const banned = found.filter(({ rule }) => /noRestricted(Globals|Imports)$|useNodejsImportProtocol$/.test(rule));
      expect(new Set(banned.map(({ file }) => file))).toContain('indexer/planted.ts');
      const excepted = banned.filter(({ rule, file }) => file === 'devnet/rpc.ts' && rule.includes('noRestricted'));
      expect(excepted).toEqual([]);
    } finally {
      await rm(tree, { recursive: true });
    }
  });
});

/** What the linter finds in a folder, by rule and file. */
async function listLinted(folder: string, args: readonly string[]): Promise<readonly { rule: string; file: string }[]> {
  const command = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const options = ['--reporter=github', '--max-diagnostics=none'];
  const { stdout } = await run(process.execPath, [command, ...args, ...options], { cwd: folder }).catch(
    // It exits with 1 where it finds something.
    (failed: { stdout: string }) => failed,
  );
  return [...stdout.matchAll(/^::\w+ title=([\w/]+),file=([^,]+),/gm)].map(([, rule = '', file = '']) => ({
    rule,
    file: relative(folder, file),
  }));
}

async function listBreaches(folder: string, paths: readonly string[]): Promise<readonly string[]> {
  const command = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [command, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...paths];
  const { stdout } = await run(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).catch(
    // It exits with the number of breaches, and still prints them.
    (failed: { stdout: string }) => failed,
  );
  const report = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string; to: string }[] };
  };
  return report.summary.violations.map((violation) => violation.rule.name);
}

/** A tree as small as it gets: the breaches and whatever they import, under the project's own rules. */
async function plantTree(): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), 'computescan-breach-'));
  const targets = [
    'schema/planted.ts',
    'indexer/planted.ts',
    'indexer/sync/planted.ts',
    'indexer/writer/planted.ts',
    'indexer/telemetry/planted.ts',
    'indexer/adapters/two/planted.ts',
    'api/planted.ts',
    'web/app/data/planted.ts',
    'cli/planted.ts',
  ];
  for (const path of targets) await plant(tree, path, 'export const planted = 1;\n');
  for (const { file, imports } of breaches) await plant(tree, file, `import '${imports}';\n`);
  for (const name of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json'])
    await cp(join(root, name), join(tree, name));
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
  return tree;
}

async function plant(tree: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(tree, path)), { recursive: true });
  await writeFile(join(tree, path), text);
}
