import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import solc from 'solc';

/**
 * ABI and creation code of the contract that a file of its name holds. The target keeps to opcodes that every chain has.
 * `settings` adds to the compiler's.
 */
export function compileContract(file, settings = {}) {
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
  const { abi, evm } = output.contracts[name][name.replace(/\.sol$/, '')];
  return { abi, bytecode: `0x${evm.bytecode.object}` };
}
