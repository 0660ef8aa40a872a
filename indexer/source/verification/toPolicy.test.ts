import { getChainRules, type VerificationPolicy } from './chainRules.js';
import { toPolicy } from './toPolicy.js';

const policyOf = (chainId: number, height: number, nearHead: boolean, configured?: VerificationPolicy) =>
  toPolicy({ rules: getChainRules(chainId), height, nearHead, configured });

describe('toPolicy', () => {
  it.each([
    ['Ethereum, past', 1, 20_000_000, false, 'exact'],
    ['Ethereum, before Byzantium', 1, 1_000_000, false, 'superset'],
    ['the devnet, past', 31_337, 5, false, 'exact'],
    ['Sepolia, head', 11_155_111, 5_000_000, true, 'exact'],
    ['Arbitrum One, past', 42_161, 300_000_000, false, 'off'],
    ['Arbitrum One, head', 42_161, 300_000_000, true, 'exact'],
    ['Base, past', 8_453, 10_000_000, false, 'off'],
    ['Base, head', 8_453, 10_000_000, true, 'exact'],
    ['an unknown chain, head', 123_456, 1, true, 'off'],
  ] as const)('is by default for %s', (_, chainId, height, nearHead, policy) => {
    expect(policyOf(chainId, height, nearHead).policy).toBe(policy);
    expect(policyOf(chainId, height, nearHead).reason).toMatch(/\.$/);
  });

  it('follows the operator, downwards and upwards, and says so', () => {
    expect(policyOf(1, 20_000_000, false, 'superset')).toEqual({
      policy: 'superset',
      reason: 'Configured as superset.',
    });
    expect(policyOf(42_161, 300_000_000, false, 'exact').policy).toBe('exact');
    expect(policyOf(1, 20_000_000, true, 'off').policy).toBe('off');
  });

  it('is never stricter than the chain allows', () => {
    expect(policyOf(42_161, 1_000, false, 'exact')).toMatchObject({
      policy: 'superset',
      reason: expect.stringContaining('Before Nitro'),
    });
    expect(policyOf(137, 60_000_000, true, 'exact').policy).toBe('off');
  });
});
