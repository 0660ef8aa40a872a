import { readFileSync } from 'node:fs';
import solc from 'solc';

/** ABI and creation code of ComputeMarket.sol. The target keeps to opcodes that every chain has. */
export function compileContract() {
  const name = 'ComputeMarket.sol';
  const output = JSON.parse(
    solc.compile(
      JSON.stringify({
        language: 'Solidity',
        sources: { [name]: { content: readFileSync(new URL(name, import.meta.url), 'utf8') } },
        settings: {
          optimizer: { enabled: true, runs: 10_000 },
          evmVersion: 'paris',
          outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
        },
      }),
    ),
  );
  const errors = (output.errors ?? []).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join('\n'));
  const { abi, evm } = output.contracts[name].ComputeMarket;
  return { abi, bytecode: `0x${evm.bytecode.object}` };
}
