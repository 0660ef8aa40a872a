import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { findBuildDir } from '../../web/server/config.js';

/** What Remix tells the browser of a build: which scripts a page of each route loads before it is painted. */
interface Manifest {
  readonly entry: { readonly module: string; readonly imports: readonly string[] };
  readonly routes: Readonly<
    Record<string, { readonly module: string; readonly imports?: readonly string[]; readonly parentId?: string }>
  >;
}

const client = join(findBuildDir(), 'client');
const files = readdirSync(join(client, 'assets'));

/** Of which React, Remix and the frame of every page take 90: it may fall and must not rise. */
const MOST_OF_A_LIST = 100_000;

describe('the scripts of the pages', () => {
  const { entry, routes } = readManifest();

  const lists = ['routes/networks', 'routes/providers', 'routes/jobs', 'routes/metrics'];

  it.each(lists)('%s, a list, loads no more than it may before it is painted', (id) => {
    expect(sum(listScripts(id).map(measure))).toBeLessThanOrEqual(MOST_OF_A_LIST);
  });

  it.each(Object.keys(routes))('%s loads no chart before it is painted, and not much more than a list', (id) => {
    expect(listScripts(id).filter((script) => script.includes('chartLibrary'))).toEqual([]);
    expect(sum(listScripts(id).map(measure))).toBeLessThanOrEqual(130_000);
  });

  function listScripts(id: string): readonly string[] {
    const scripts = new Set([entry.module, ...entry.imports]);
    for (let route = routes[id]; route; route = route.parentId ? routes[route.parentId] : undefined) {
      for (const script of [route.module, ...(route.imports ?? [])]) scripts.add(script);
    }
    return [...scripts];
  }

  it('draw charts by at most 65 kB, in one file that pages load when they need it', () => {
    const libraries = files.filter((file) => file.startsWith('chartLibrary'));
    expect(libraries).toHaveLength(1);
    expect(sum(libraries.map((file) => measure(`/assets/${file}`)))).toBeLessThanOrEqual(65_000);
  });
});

function readManifest(): Manifest {
  const name = files.find((file) => /^manifest-\w+\.js$/.test(file));
  if (!name) throw new Error(`Expected a manifest in ${client}, found none; run "npm run build" first.`);
  const text = readFileSync(join(client, 'assets', name), 'utf8');
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as Manifest;
}

function measure(script: string): number {
  return gzipSync(readFileSync(join(client, script))).length;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
