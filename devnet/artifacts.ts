import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Abi, type Address, type Hex, toFunctionSelector } from 'viem';
import { UserError } from '../schema/lib/errors.js';

/** A contract as compiled by its authors, read from the npm package @iexec/poco (a development dependency). */
export interface Artifact {
  readonly abi: Abi;
  readonly bytecode: Hex;
  readonly linkReferences: Readonly<Record<string, Readonly<Record<string, readonly { readonly start: number }[]>>>>;
}

/** `name` is the contract; `folder` its place below the package, as in `artifacts/contracts/facets`. */
export function readArtifact(folder: string, name: string): Artifact {
  const file = folder.startsWith('artifacts') ? `${folder}/${name}.sol/${name}.json` : `${folder}/${name}.json`;
  const parsed = JSON.parse(readFileSync(path.join(getPackageFolder(), file), 'utf8')) as Partial<Artifact>;
  if (!parsed.bytecode) throw new UserError(`Expected bytecode in @iexec/poco/${file}, found none: run npm install.`);
  return { abi: parsed.abi ?? [], bytecode: parsed.bytecode, linkReferences: parsed.linkReferences ?? {} };
}

/** The bytecode with every library reference replaced by the library's address. */
export function toLinkedBytecode(artifact: Artifact, libraries: Readonly<Record<string, Address>>): Hex {
  let code: string = artifact.bytecode;
  for (const names of Object.values(artifact.linkReferences)) {
    for (const [name, places] of Object.entries(names)) {
      const library = libraries[name];
      if (!library) throw new Error(`no address for library ${name}`);
      for (const { start } of places) {
        const at = 2 + start * 2;
        code = code.slice(0, at) + library.slice(2).toLowerCase() + code.slice(at + 40);
      }
    }
  }
  return code as Hex;
}

export function listSelectors(abi: Abi): Hex[] {
  return abi.flatMap((item) => (item.type === 'function' ? [toFunctionSelector(item)] : []));
}

function getPackageFolder(): string {
  try {
    return path.dirname(createRequire(import.meta.url).resolve('@iexec/poco/package.json'));
  } catch {
    throw new UserError(
      'Expected the npm package @iexec/poco, found none: run npm install with development dependencies.',
    );
  }
}
