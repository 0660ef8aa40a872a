import type { Subject } from '../../events/logs.js';
import type { Adapter } from '../Adapter.js';
import { capacityMeanings } from './fluenceCapacity.js';
import { dealMeanings, dealRewardMeanings, findDeal } from './fluenceDeals.js';
import { marketMeanings } from './fluenceMarket.js';
import { parameterMeanings } from './fluenceParameters.js';
import { findCommitment, toFluenceReads } from './fluenceReads.js';
import { toId } from './fluenceText.js';
import type { LogContext, Meanings } from './Meaning.js';

/**
 * A provider's peers are nodes, deals are jobs, capacity commitments are stake. Few logs name the provider: it is read
 * at the log's block, and where the chain cannot tell, the fact stands without it.
 */
export const fluenceAdapter: Adapter = {
  protocol: 'fluence',
  toReads: toFluenceReads,
  adapt: (transaction, reads) =>
    transaction.map((decoded) => {
      const context = { decoded, args: decoded.args, transaction, reads };
      const events = meanings[decoded.role]?.[decoded.name]?.(context) ?? [];
      return events.length > 0 ? { decoded, events } : { decoded, events, subject: toSubject(context) };
    }),
};

/** By the role of the emitter, for the Diamond and its deals share names. */
const meanings: Readonly<Record<string, Meanings>> = {
  diamond: { ...marketMeanings, ...capacityMeanings, ...dealMeanings, ...parameterMeanings },
  balanceKeeper: dealMeanings,
  deal: { ...dealMeanings, ...dealRewardMeanings },
};

/** Whom a log without a meaning names: proofs and their tallies are their node's, workers that leave their deal's. */
function toSubject({ decoded, args, reads }: LogContext): Subject | undefined {
  const node = args.peerId ?? findCommitment(reads, args.commitmentId)?.peerId;
  const job = findDeal(decoded);
  const subject: Subject = {
    ...(args.provider !== undefined && { provider: toId(args.provider) }),
    ...(node !== undefined && { node: toId(node) }),
    ...(job !== undefined && { job }),
  };
  return Object.keys(subject).length > 0 ? subject : undefined;
}
