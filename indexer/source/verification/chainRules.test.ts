import { listNetworks } from '../../../schema/protocols/protocols.js';
import { getChainRules, getPolicy } from './chainRules.js';

describe('chain rules', () => {
  it('give a policy with a reason at every height, and receipts for every family', () => {
    for (const chainId of [1, 10, 137, 8_453, 31_337, 42_161, 42_170, 123_456_789]) {
      const rules = getChainRules(chainId);
      expect(rules.policies[0]?.from).toBe(0);
      const starts = rules.policies.map(({ from }) => from);
      expect(starts).toEqual([...starts].sort((one, other) => one - other));
      expect(getPolicy(rules, 0).reason).toMatch(/\.$/);
      expect(rules.receiptForms.get(0)).toBe('legacy');
    }
  });

  it('are strict where the chain allows it, from the block on from which it does', () => {
    expect(getPolicy(getChainRules(42_161), 22_207_816).policy).toBe('superset');
    expect(getPolicy(getChainRules(42_161), 22_207_817).policy).toBe('exact');
    expect(getPolicy(getChainRules(1), 4_369_999).policy).toBe('superset');
    expect(getPolicy(getChainRules(1), 4_370_000).policy).toBe('exact');
  });

  it('know every live chain of the protocols', () => {
    const live = listNetworks().filter(({ definition }) => !definition.recorded);
    for (const { definition } of live) expect(getChainRules(definition.chainId).family).not.toBe('unknown');
  });

  it('leave out what another machine made', () => {
    expect(getPolicy(getChainRules(10), 105_235_062).policy).toBe('off');
    expect(getPolicy(getChainRules(10), 105_235_063).policy).toBe('exact');
  });

  it('verify nothing on a chain they do not know, and say so', () => {
    const { policy, reason } = getPolicy(getChainRules(123_456_789), 10);
    expect(policy).toBe('off');
    expect(reason).toContain('Not verified');
  });
});
