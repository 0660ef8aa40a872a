import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Abi, Address, Hex } from 'viem';

/** A contract of Livepeer's as its authors compiled it. */
export interface Artifact {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

const folder = findFolder();

/** Whether the npm package @livepeer/sdk, a development dependency, is there. */
export const hasArtifacts = folder !== undefined;

/** `name` is a path below the package's contracts, as in `bonding/BondingManager`; libraries are addresses by name. */
export function readArtifact(name: string, libraries: Readonly<Record<string, Address>> = {}): Artifact {
  const file = path.join(folder ?? '', `${name}.sol`, `${path.basename(name)}.json`);
  const { abi, bytecode, linkReferences } = JSON.parse(readFileSync(file, 'utf8')) as HardhatArtifact;
  let linked = bytecode.slice(2);
  for (const [library, places] of Object.values(linkReferences).flatMap((ofFile) => Object.entries(ofFile))) {
    const address = libraries[library];
    if (!address) throw new Error(`${name} needs the library ${library}`);
    for (const { start, length } of places) {
      linked = linked.slice(0, start * 2) + address.slice(2).toLowerCase() + linked.slice((start + length) * 2);
    }
  }
  return { abi, bytecode: `0x${linked}` };
}

/** What is read here of hardhat's JSON; places are in bytes. */
interface HardhatArtifact {
  readonly abi: Abi;
  readonly bytecode: Hex;
  readonly linkReferences: Readonly<
    Record<string, Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>>>
  >;
}

/** The package's own entry is a client of 2019 that the tests do not need: it is never run. */
function findFolder(): string | undefined {
  try {
    const file = createRequire(import.meta.url).resolve('@livepeer/sdk/package.json');
    const contracts = path.join(path.dirname(file), 'abis/contracts');
    return existsSync(contracts) ? contracts : undefined;
  } catch {
    return undefined;
  }
}
