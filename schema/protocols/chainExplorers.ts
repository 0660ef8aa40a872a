/**
 * Block explorers by EIP-155 chain id, each of which knows the paths of EIP-3091: `/tx/<hash>`, `/address/<address>`, `/block/<height>`.
 * Source: `blockExplorers.default` in viem/chains 2.57.1; of Bellecour the entry of chainid.network. A chain that is not here, such as a
 * local one, has none that we know of; a recorded history has an id of its own, and so none either.
 */
const explorers: Readonly<Record<number, string>> = {
  1: 'https://etherscan.io',
  56: 'https://bscscan.com',
  134: 'https://blockscout.bellecour.iex.ec',
  8453: 'https://basescan.org',
  16661: 'https://chainscan.0g.ai',
  42161: 'https://arbiscan.io',
  9999999: 'https://blockscout.mainnet.fluence.dev',
};

/** An origin without a slash at the end. */
export function findChainExplorer(chainId: number): string | undefined {
  return explorers[chainId];
}
