import { type ChainRules, getPolicy, type VerificationPolicy } from './chainRules.js';

/**
 * How strictly a block is verified and why: what the operator or the chain's default asks for, but never more than what
 * raises no alarm on honest blocks of that height.
 */
export function toPolicy(options: {
  readonly rules: ChainRules;
  readonly height: number;
  /** At the head all that is possible is done unless the operator says otherwise; the past is a matter of cost. */
  readonly nearHead: boolean;
  readonly configured?: VerificationPolicy | undefined;
}): { readonly policy: VerificationPolicy; readonly reason: string } {
  const { rules, height, nearHead, configured } = options;
  const possible = getPolicy(rules, height);
  const wanted =
    configured !== undefined
      ? { policy: configured, reason: `Configured as ${configured}.` }
      : nearHead
        ? undefined
        : rules.backfill;
  if (!wanted || strictness[wanted.policy] >= strictness[possible.policy]) return possible;
  return wanted;
}

const strictness: Readonly<Record<VerificationPolicy, number>> = { off: 0, superset: 1, exact: 2 };
