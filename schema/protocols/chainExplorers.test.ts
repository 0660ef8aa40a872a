import * as chains from 'viem/chains';
import { findChainExplorer } from './chainExplorers.js';
import { listNetworks } from './protocols.js';

const isLocal = (chainId: number) => chainId >= 31_337 && chainId <= 31_339;

describe('block explorers', () => {
  it.each(listNetworks().map(({ definition: { id, chainId, recorded } }) => ({ id, chainId, recorded })))(
    'of $id is known, unless its chain is local or recorded',
    ({ chainId, recorded }) => {
      const explorer = findChainExplorer(chainId);
      if (recorded || isLocal(chainId)) expect(explorer).toBeUndefined();
      else expect(explorer).toMatch(/^https:\/\/[a-z0-9.-]+$/);
    },
  );

  it('is what viem says of the chain, where viem knows it', () => {
    const told = Object.values(chains).flatMap((chain) => {
      const explorer = findChainExplorer(chain.id);
      return explorer && chain.blockExplorers ? [[explorer, chain.blockExplorers.default.url] as const] : [];
    });
    expect(told.length).toBeGreaterThan(4);
    for (const [ours, theirs] of told) expect(ours).toBe(theirs.replace(/\/$/, ''));
  });
});
