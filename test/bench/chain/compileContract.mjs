import { compileContract as compileFile } from '../../../devnet/contracts/compileContract.mjs';

/** ABI and creation code of the benchmark's ComputeMarket.sol. */
export function compileContract() {
  return compileFile(new URL('ComputeMarket.sol', import.meta.url));
}
