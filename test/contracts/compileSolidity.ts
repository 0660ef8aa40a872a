import { readFileSync } from 'node:fs';
import solc from 'solc';
import type { Abi } from 'viem';
import type { Hex } from '../../schema/lib/hex.js';

export interface CompiledContract {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

/** The contracts of a file beside this one, by name. Throws what the compiler says. */
export function compileSolidity(file: string): Readonly<Record<string, CompiledContract>> {
  const content = readFileSync(new URL(file, import.meta.url), 'utf8');
  const settings = {
    optimizer: { enabled: true },
    evmVersion: 'paris',
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
  };
  const input = { language: 'Solidity', sources: { [file]: { content } }, settings };
  const { contracts, errors = [] }: CompilerOutput = JSON.parse(solc.compile(JSON.stringify(input)));
  const complaints = errors.filter(({ severity }) => severity === 'error');
  if (complaints.length > 0) throw new Error(complaints.map(({ formattedMessage }) => formattedMessage).join('\n'));
  const compiled = Object.entries(contracts?.[file] ?? {}).map(
    ([name, { abi, evm }]) => [name, { abi, bytecode: `0x${evm.bytecode.object}` }] as const,
  );
  return Object.fromEntries(compiled);
}

/** What is read here of the compiler's JSON. */
interface CompilerOutput {
  readonly contracts?: Readonly<
    Record<string, Readonly<Record<string, { readonly abi: Abi; readonly evm: { readonly bytecode: Bytecode } }>>>
  >;
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
}

interface Bytecode {
  readonly object: string;
}
