import type { Abi } from 'viem';
import type { Hex } from '../../schema/lib/hex.js';

const { compileContracts } = await import(
  new URL('../../devnet/contracts/compileContract.mjs', import.meta.url).pathname
);

export interface CompiledContract {
  readonly abi: Abi;
  readonly bytecode: Hex;
}

/** The contracts of a file beside this one, by name. Throws what the compiler says. */
export function compileSolidity(file: string): Readonly<Record<string, CompiledContract>> {
  return compileContracts(new URL(file, import.meta.url));
}
