import { compileContract } from './compileContract.mjs';

/**
 * Text of `computeMarketArtifact.ts`: the contract as the devnet deploys it, without a compiler. It depends on nothing but
 * what the contract does, so that a comment in it changes nothing here.
 */
export function renderArtifact() {
  const { abi, bytecode } = compileContract(new URL('ComputeMarket.sol', import.meta.url), {
    // It is called seldom, and deployed often.
    optimizer: { enabled: true, runs: 200 },
    metadata: { appendCBOR: false },
  });
  const signatures = abi.map((item) => `  '${toSignature(item)}',`);
  return [
    "import { type Hex, parseAbi } from 'viem';",
    '',
    '/** ComputeMarket.sol, compiled. Written by `node devnet/contracts/writeArtifact.mjs`; a test compares the two. */',
    'export const computeMarketAbi = parseAbi([',
    ...signatures,
    ']);',
    '',
    'export const computeMarketBytecode: Hex =',
    `  '${bytecode}';`,
    '',
  ].join('\n');
}

function toSignature({ type, name = '', inputs, outputs = [], stateMutability }) {
  const taken = inputs.map(toParameter).join(', ');
  const mutability = ['view', 'pure', 'payable'].includes(stateMutability) ? ` ${stateMutability}` : '';
  if (type === 'constructor') return `constructor(${taken})${mutability}`;
  const given = outputs.length > 0 ? ` returns (${outputs.map(toParameter).join(', ')})` : '';
  return `${type} ${name}(${taken})${type === 'function' ? `${mutability}${given}` : ''}`;
}

/** A struct stands as the list of its members. */
function toParameter({ type, name, components, indexed }) {
  const written = components ? type.replace('tuple', `(${components.map(toParameter).join(', ')})`) : type;
  return [written, ...(indexed ? ['indexed'] : []), ...(name ? [name] : [])].join(' ');
}
