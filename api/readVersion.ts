import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { assert } from '../schema/lib/assert.js';

/** The version in the package.json nearest above this file, be it source or compiled. */
export function readVersion(): string {
  let folder = new URL('./', import.meta.url);
  for (let parent = new URL('../', folder); parent.href !== folder.href; parent = new URL('../', folder)) {
    const file = fileURLToPath(new URL('package.json', parent));
    if (existsSync(file)) {
      const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown };
      if (typeof version === 'string') return version;
    }
    folder = parent;
  }
  assert(false, 'a package.json with a version lies above the API');
}
