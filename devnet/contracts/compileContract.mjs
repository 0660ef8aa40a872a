import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import solc from 'solc';

/**
 * ABI and creation code of every contract that a file holds, by name. The target keeps to opcodes that every chain has.
 * `settings` adds to the compiler's. Throws what the compiler says.
 */
export function compileContracts(file, settings = {}) {
  const name = basename(fileURLToPath(file));
  const output = JSON.parse(
    solc.compile(
      JSON.stringify({
        language: 'Solidity',
        sources: { [name]: { content: readFileSync(file, 'utf8') } },
        settings: {
          optimizer: { enabled: true, runs: 10_000 },
          evmVersion: 'paris',
          outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
          ...settings,
        },
      }),
    ),
  );
  const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
  const compiled = Object.entries(output.contracts[name]).map(([contract, { abi, evm }]) => [
    contract,
    { abi, bytecode: `0x${evm.bytecode.object}` },
  ]);
  return Object.fromEntries(compiled);
}

/** The contract that the file is named after. */
export function compileContract(file, settings) {
  return compileContracts(file, settings)[basename(fileURLToPath(file), '.sol')];
}
