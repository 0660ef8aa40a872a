import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldChain } from './foldChain.mjs';
import { makeChain } from './makeChain.mjs';
import { getShape } from './shapes.mjs';

/** A recorded chain and the state it leads to; made at the first asking and kept in the folder. */
export async function getChain(name, chainsFolder, say) {
  const folder = join(chainsFolder, name);
  const metaFile = join(folder, 'meta.json');
  const expectedFile = join(folder, 'expected.json');
  if (!existsSync(metaFile)) {
    say(`Making ${name} …`);
    rmSync(folder, { recursive: true, force: true });
    await makeChain(getShape(name), folder);
  }
  if (!existsSync(expectedFile)) {
    say(`Folding ${name} …`);
    writeFileSync(expectedFile, `${JSON.stringify(await foldChain(folder), null, 2)}\n`);
  }
  return {
    name,
    folder,
    meta: JSON.parse(readFileSync(metaFile, 'utf8')),
    expected: JSON.parse(readFileSync(expectedFile, 'utf8')),
  };
}
