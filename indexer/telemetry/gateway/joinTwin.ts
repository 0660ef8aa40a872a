import { type Answer, isRefusal } from './Answer.js';
import type { RecentCounts } from './createRecentBatches.js';
import { findBeacon } from './finishBatch.js';
import type { GatewayContext } from './Gateway.js';
import type { KnownDelegation } from './KnownDelegation.js';

/**
 * The very bytes of a batch that is durable already, or under way: answered without another look at the signature, once
 * it is durable. Otherwise `work` decides.
 */
export async function joinTwin(
  context: GatewayContext,
  batch: {
    readonly delegation: KnownDelegation;
    readonly counter: number;
    readonly fingerprint: number;
    readonly work: () => Promise<Answer>;
  },
): Promise<Answer> {
  const { delegation, counter, fingerprint, work } = batch;
  const past = findPast(context, batch);
  if (past) return past;
  const { underWay } = context;
  const key = `${delegation.delegationKey} ${counter}`;
  const twin = underWay.get(key);
  if (twin?.fingerprint === fingerprint) {
    const answer = await twin.answer;
    const counts = delegation.recent.find(counter, fingerprint);
    return counts && !isRefusal(answer) ? toDuplicate(context, delegation, counts) : answer;
  }
  const answer = work();
  if (twin) return answer;
  underWay.set(key, { fingerprint, answer });
  try {
    return await answer;
  } finally {
    underWay.delete(key);
  }
}

/** The answer to what is durable already, whatever has become of its beacon since: its sender must not sign it again. */
export function findPast(
  context: GatewayContext,
  batch: { readonly delegation: KnownDelegation; readonly counter: number; readonly fingerprint: number },
): Answer | undefined {
  const { delegation, counter, fingerprint } = batch;
  const counts = delegation.recent.find(counter, fingerprint);
  if (!counts) return undefined;
  context.alive?.take();
  return toDuplicate(context, delegation, counts);
}

function toDuplicate(context: GatewayContext, delegation: KnownDelegation, counts: RecentCounts): Answer {
  const { handed, refused } = counts;
  const body = { written: 0, duplicate: handed, late: 0, refused, refusals: [] };
  return { code: 'DUPLICATE', body: { ...body, beacon: findBeacon(context, delegation) ?? '' } };
}
