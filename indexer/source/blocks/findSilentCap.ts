import type { RangeRequest } from '../ChainSource.js';
import { askSame } from './askEndpoints.js';
import { type RangeLogs, readRangeLogs } from './readRangeLogs.js';
import { findRefusal, type TooLarge } from './refuseRange.js';
import { callLogs } from './rpcCalls.js';
import type { SourceContext } from './SourceContext.js';

/**
 * Some providers end an answer at a round number of logs without a word. Where the count is such a number, both halves
 * of the range are asked for and counted; an endpoint that has answered more before, and all of it, is not suspected.
 */
export async function findSilentCap(
  context: SourceContext,
  request: RangeRequest,
  answered: { readonly logs: RangeLogs; readonly endpoint: string },
): Promise<TooLarge | undefined> {
  const { uncapped, maxAddresses } = context.learned;
  const { endpoint, logs } = answered;
  const { from, to, filter, signal } = request;
  const known = uncapped.get(endpoint) ?? 0;
  const most = Math.max(...logs.counts);
  if (most <= known) return undefined;
  if (!logs.counts.some((count) => count > known && isRound(count)) || from === to) {
    // More than this has come: no cap lies below.
    if (!isRound(most)) uncapped.set(endpoint, most);
    return undefined;
  }
  const middle = Math.floor((from + to) / 2);
  const halves = [
    { from, to: middle },
    { from: middle + 1, to },
  ];
  let count = 0;
  for (const half of halves) {
    const calls = callLogs(half, filter, maxAddresses);
    const reply = await askSame(context, calls, { purpose: 'sync', only: endpoint, signal });
    const refusal = findRefusal(reply, calls, { ...request, ...half });
    if (refusal) return { kind: 'tooLarge', suggestedTo: middle, reason: refusal.reason };
    count += readRangeLogs(reply, calls, { ...half, filter, maxAddresses }).logs.length;
  }
  if (count === logs.logs.length) {
    uncapped.set(endpoint, most);
    return undefined;
  }
  const detail = `${from} to ${to}: ${logs.logs.length} logs at once, ${count} in halves`;
  context.pool.noteFault(endpoint, { reason: 'silentCap', detail });
  return { kind: 'tooLarge', suggestedTo: middle, reason: `The node cut off logs silently: ${detail}.` };
}

/** 1,000, 2,000, 5,000, 10,000, 20,000 and so on: the caps that providers choose. */
function isRound(count: number): boolean {
  return count >= 1_000 && /^[1235]0+$/.test(String(count));
}
