import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Abi, Hex } from 'viem';

/** A contract of Fluence's as its authors compiled it. */
export interface Artifact {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

const folder = findFolder();

/** Whether the npm package @fluencelabs/deal-ts-clients, a development dependency, is there. */
export const hasArtifacts = folder !== undefined;

/**
 * The package has no plain artifacts: they are literals in its modules, which import a client library that the tests do
 * not need. So the text is read, and never run. `name` may begin with a folder, as in `Deal.sol/DealV2`.
 */
export function readArtifact(name: string): Artifact {
  const text = readFileSync(path.join(folder ?? '', `${name}__factory.js`), 'utf8');
  const [, abi = '[]'] = /const _abi = (\[[\s\S]*?\n\]);/.exec(text) ?? [];
  const [, bytecode] = /const _bytecode = "(0x[0-9a-f]+)"/.exec(text) ?? [];
  if (!bytecode) throw new Error(`expected bytecode of ${name} in @fluencelabs/deal-ts-clients, found none`);
  return { abi: JSON.parse(toJson(abi)) as Abi, bytecode: bytecode as Hex };
}

function toJson(literal: string): string {
  return literal.replace(/^(\s*)(\w+):/gm, '$1"$2":').replace(/,(\s*[\]}])/g, '$1');
}

function findFolder(): string | undefined {
  try {
    const file = createRequire(import.meta.url).resolve('@fluencelabs/deal-ts-clients/package.json');
    return path.join(path.dirname(file), 'dist/typechain-types/factories');
  } catch {
    return undefined;
  }
}
