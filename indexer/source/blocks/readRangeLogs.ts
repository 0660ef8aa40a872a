import type { RawLog } from '../../events/logs.js';
import type { BlockTime, Filter, RangeRequest } from '../ChainSource.js';
import type { PoolReply } from '../endpoints/EndpointPool.js';
import type { RpcCall } from '../rpc/Transport.js';
import { expectResult, readAnswers } from './askEndpoints.js';
import { compareByPlace, type Oddity, parseRangeLogs } from './parseRangeLogs.js';
import { splitFilter, toLogFilter } from './rpcCalls.js';

export interface RangeLogs {
  readonly logs: readonly RawLog[];
  readonly times: ReadonlyMap<number, BlockTime> | undefined;
  readonly oddities: readonly Oddity[];
  /** Entries of each answer. */
  readonly counts: readonly number[];
}

/** The logs at the beginning of a reply: one answer, or one for each part of the filter. */
export function readRangeLogs(
  reply: PoolReply,
  calls: readonly RpcCall[],
  { from, to, filter, maxAddresses }: Pick<RangeRequest, 'from' | 'to'> & { filter: Filter; maxAddresses: number },
): RangeLogs {
  const parts = splitFilter(filter, maxAddresses).map((part, at) => {
    const answer = expectResult(reply, calls, at);
    return readAnswers(reply.endpoint, () => parseRangeLogs(answer, { from, to, filter: toLogFilter(part) }));
  });
  const [first] = parts;
  if (first && parts.length === 1) return { ...first, counts: [first.count] };
  const isTimed = parts.every(({ times }) => times !== undefined);
  return {
    logs: parts.flatMap(({ logs }) => logs).sort(compareByPlace),
    times: isTimed ? new Map(parts.flatMap(({ times }) => [...(times ?? [])])) : undefined,
    oddities: parts.flatMap(({ oddities }) => oddities),
    counts: parts.map(({ count }) => count),
  };
}
