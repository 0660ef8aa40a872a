import { findFeedOfRole } from '../../schema/prices/feedContracts.js';
import { listFeeds, toFeedId } from '../../schema/prices/UsdSource.js';
import type { AdaptedLog, DecodedLog } from '../events/logs.js';

/** Price feeds are no protocol: whatever network names one, what its contracts say means the same. */
export function adaptFeedLog(decoded: DecodedLog): AdaptedLog {
  const of = findFeedOfRole(decoded.role);
  const feed = of && listFeeds(decoded.network.definition).find((one) => toFeedId(one) === of.feedId);
  // A proxy that confirms an aggregator says nothing of a price.
  if (!of || !feed) return { decoded, events: [] };
  const { current, roundId, updatedAt } = decoded.args;
  return {
    decoded,
    events: [
      {
        kind: 'feedAnswered',
        feed: of.feedId,
        aggregator: decoded.log.address,
        phase: of.phase,
        roundId: roundId as bigint,
        answer: current as bigint,
        updatedAt: updatedAt as bigint,
        decimals: feed.decimals,
      },
    ],
  };
}
