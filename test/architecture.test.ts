import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['schema', 'indexer', 'api', 'web/app', 'web/server', 'cli', 'devnet'];
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
];

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
