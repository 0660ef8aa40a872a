import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeDoc, type RenderedDoc, renderDoc } from './renderDoc.js';

export interface DocEntry {
  /** The last part of its address: `graphql`, `decisions/0019-live`. */
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
}

export interface Doc extends DocEntry, RenderedDoc {}

/** The project's documents, as its pages show them. */
export interface Docs {
  readonly entries: readonly DocEntry[];
  find(slug: string): Doc | undefined;
  /** Another file beside them that they link to, such as test vectors. */
  findFile(name: string): Buffer | undefined;
}

/** Documents that lie at the root of the project. */
const ROOT_FILES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];
const FOLDERS = ['docs', 'docs/decisions'];

/** Reads all of them once, a quarter of a megabyte; each is made into HTML when it is first asked for. What is not there is not listed. */
export async function readDocs(root: string): Promise<Docs> {
  const paths = [...ROOT_FILES, ...(await Promise.all(FOLDERS.map((folder) => listFiles(root, folder)))).flat()];
  const contents = await Promise.all(
    paths.map((path) =>
      readFile(join(root, path)).then(
        (content) => ({ path, content }),
        () => undefined,
      ),
    ),
  );
  const files = contents.filter((one) => one !== undefined);
  const sources = files
    .filter(({ path }) => path.endsWith('.md'))
    .map(({ path, content }) => ({ slug: toDocSlug(path), path, text: content.toString() }));
  const bySlug = new Map(sources.map((source) => [source.slug, source]));
  const others = new Map(
    files
      .filter(({ path }) => path.startsWith('docs/') && !path.endsWith('.md'))
      .map(({ path, content }) => [path.slice(5), content]),
  );
  const entries = sources.map(({ slug, text }) => ({ slug, ...describeDoc(text) }));
  const made = new Map<string, Doc>();

  function toAddress(path: string): string | null {
    if (path.endsWith('.md') && bySlug.has(toDocSlug(path))) return `/docs/${toDocSlug(path)}`;
    if (FOLDERS.includes(path)) return path === 'docs' ? '/docs' : `/docs#${path.slice(5)}`;
    return others.has(path.slice(5)) && path.startsWith('docs/') ? `/docs/files/${path.slice(5)}` : null;
  }

  return {
    entries,
    find(slug) {
      const known = made.get(slug);
      const source = bySlug.get(slug);
      const entry = entries.find((one) => one.slug === slug);
      if (known || !source || !entry) return known;
      const doc = { ...entry, ...renderDoc(source.text, { path: source.path, toAddress }) };
      made.set(slug, doc);
      return doc;
    },
    findFile: (name) => others.get(name),
  };
}

function toDocSlug(path: string): string {
  const name = path.replace(/\.md$/, '');
  return name.startsWith('docs/') ? name.slice(5) : name.toLowerCase();
}

/** Files of one folder, from the root on, in the order of their names. */
async function listFiles(root: string, folder: string): Promise<readonly string[]> {
  const found = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile() && /\.(md|json)$/.test(entry.name))
    .map((entry) => `${folder}/${entry.name}`)
    .sort();
}
