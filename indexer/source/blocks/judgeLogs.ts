import type { RawLog } from '../../events/logs.js';
import type { VerifiedLevel } from '../ChainSource.js';
import type { LogFilter } from '../verification/logFilter.js';
import type { RpcReceipt } from '../verification/parseReceipt.js';
import type { Refused, Verdict } from '../verification/verdict.js';
import { verifyLogs } from '../verification/verifyBlock.js';
import { EndpointFailure } from './askEndpoints.js';
import type { CheckedHeader } from './checkHeader.js';
import { noteLimit, type SourceContext } from './SourceContext.js';

export interface BlockLogs {
  readonly header: CheckedHeader;
  /** In order, each once, all of the filter. */
  readonly logs: readonly RawLog[];
  /** What the logs themselves say. */
  readonly time?: Date | undefined;
  readonly filter: LogFilter;
  readonly receipts?: readonly RpcReceipt[] | undefined;
}

/** What of a block's logs is proven. Throws EndpointFailure where the endpoint is to blame. */
export function judgeLogs(context: SourceContext, block: BlockLogs): VerifiedLevel | 'needsReceipts' {
  const verdict = toVerdict(context, block);
  if (verdict.kind !== 'refused') return verdict.kind === 'ok' ? verdict.level : verdict.kind;
  if (verdict.limit === undefined) throw toBlame(block.header, verdict);
  noteLimit(context, verdict.limit);
  const withoutReceipts = toVerdict(context, { ...block, receipts: undefined }, 'superset');
  if (withoutReceipts.kind === 'refused') throw toBlame(block.header, withoutReceipts);
  return withoutReceipts.kind === 'ok' ? withoutReceipts.level : 'none';
}

function toVerdict(
  { rules }: SourceContext,
  { header, logs, time, filter, receipts }: BlockLogs,
  policy = header.policy,
): Verdict {
  return verifyLogs({ sound: header.sound, logs, time, filter, policy, rules, receipts });
}

function toBlame({ sound, endpoint }: CheckedHeader, { reason, detail }: Refused): EndpointFailure {
  return new EndpointFailure(endpoint, `block ${sound.block.height}: ${detail}`, { blame: reason });
}

const ascending: readonly VerifiedLevel[] = ['none', 'superset', 'exact'];

/** What can be said of all of them. */
export function toLowest(levels: readonly VerifiedLevel[]): VerifiedLevel {
  return ascending.find((level) => levels.includes(level)) ?? 'exact';
}
