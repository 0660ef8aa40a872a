/**
 * Compiles the TypeScript of every server room to `dist/` and copies what lies beside it (SQL, GraphQL, JSON).
 * A file is read again only when its time or size changed, and written again only when its content did; an output
 * without a source is removed. Every output is put in place by a rename, so a process that starts meanwhile never
 * loads half a file.
 */
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const rooms = ['schema', 'indexer', 'api', 'cli', 'devnet', 'watch', 'web/server'];

const copied = /\.(sql|graphql|json)$/;
const compiled = /\.tsx?$/;
const left = /\.(test|d)\.tsx?$/;

/**
 * @param {{ root: string, outDir?: string }} options
 * @returns {Promise<{ written: number, removed: number, total: number }>}
 */
export async function compile({ root, outDir = join(root, 'dist') }) {
  const recordFile = join(outDir, '.compiled.json');
  const settings = toSettings(root);
  const record = readRecord(recordFile, settings);
  const outputs = new Set(rooms.flatMap((room) => listFiles(join(outDir, room))).map((file) => toKey(outDir, file)));
  const sources = rooms
    .flatMap((room) => listFiles(join(root, room)))
    .filter((file) => (compiled.test(file) && !left.test(file)) || copied.test(file));

  const files = {};
  const expected = new Set();
  const stale = [];
  for (const source of sources) {
    const key = toKey(root, source);
    const { mtimeMs, size } = statSync(source);
    const known = record.files[key];
    const produced = toOutputs(key);
    for (const output of produced) expected.add(output);
    const complete = produced.every((output) => outputs.has(output));
    if (complete && known?.mtimeMs === mtimeMs && known.size === size) {
      files[key] = known;
      continue;
    }
    const content = readFileSync(source);
    const hash = createHash('sha256').update(content).digest('hex');
    files[key] = { mtimeMs, size, hash };
    if (!complete || known?.hash !== hash) stale.push({ key, content });
  }

  const removed = [...outputs].filter((output) => !expected.has(output));
  for (const output of removed) rmSync(join(outDir, output), { force: true });
  if (stale.length > 0) await writeAll(stale, { root, outDir });
  const text = JSON.stringify({ settings, files });
  if (stale.length > 0 || text !== record.text) replaceFile(recordFile, text);
  return { written: stale.length, removed: removed.length, total: sources.length };
}

async function writeAll(stale, { root, outDir }) {
  // Loading the compiler costs more than all the rest, so an unchanged tree never does.
  const { transform } = stale.some(({ key }) => compiled.test(key)) ? await import('@swc/core') : {};
  await Promise.all(
    stale.map(async ({ key, content }) => {
      const target = join(outDir, key);
      if (!compiled.test(key)) return replaceFile(target, content);
      const output = toOutputs(key)[0];
      const sourceFileName = relative(dirname(join(outDir, output)), join(root, key)).replaceAll('\\', '/');
      const { code, map } = await transform(content.toString('utf8'), {
        ...toCompilerOptions(key),
        filename: join(root, key),
        sourceFileName,
      });
      replaceFile(join(outDir, `${output}.map`), map);
      replaceFile(join(outDir, output), `${code}//# sourceMappingURL=${output.split('/').pop()}.map\n`);
    }),
  );
}

/** The same meaning as tsconfig.json and jest.config.mjs: legacy decorators with metadata, fields by assignment. */
function toCompilerOptions(key) {
  return {
    swcrc: false,
    configFile: false,
    isModule: true,
    module: { type: 'es6' },
    sourceMaps: true,
    jsc: {
      target: 'es2022',
      keepClassNames: true,
      parser: { syntax: 'typescript', tsx: key.endsWith('.tsx'), decorators: true },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        useDefineForClassFields: false,
        react: { runtime: 'automatic' },
      },
      experimental: { keepImportAttributes: true },
    },
  };
}

/** Another compiler version or other options make every output stale. */
function toSettings(root) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return `${manifest.devDependencies?.['@swc/core']} ${JSON.stringify(toCompilerOptions('.tsx'))}`;
}

function readRecord(file, settings) {
  try {
    const text = readFileSync(file, 'utf8');
    const record = JSON.parse(text);
    if (record.settings === settings) return { text, files: record.files };
  } catch {
    // Absent or cut short: everything is compiled again, which is always right.
  }
  return { text: '', files: {} };
}

function toOutputs(key) {
  if (!compiled.test(key)) return [key];
  const output = key.replace(compiled, '.js');
  return [output, `${output}.map`];
}

function toKey(base, file) {
  return relative(base, file).replaceAll('\\', '/');
}

function listFiles(folder) {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? listFiles(path) : [path];
    });
}

function replaceFile(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const written = join(dirname(file), `.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
  writeFileSync(written, content);
  renameSync(written, file);
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const { written, removed, total } = await compile({ root });
  process.stdout.write(`dist: ${total} files, ${written} written, ${removed} removed\n`);
}
