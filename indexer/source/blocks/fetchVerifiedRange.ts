import type { RawLog } from '../../events/logs.js';
import type { RangeAnswer, RangeRequest, VerifiedLevel } from '../ChainSource.js';
import type { VerificationPolicy } from '../verification/chainRules.js';
import type { LogFilter } from '../verification/logFilter.js';
import type { RpcReceipt } from '../verification/parseReceipt.js';
import { EndpointFailure, expectResult, hasOthers } from './askEndpoints.js';
import { type CheckedHeader, checkHeader } from './checkHeader.js';
import { fetchHeaders, HEADERS_PER_REQUEST } from './fetchHeaders.js';
import { MAX_RANGE_BYTES, noteOddity } from './fetchPlainRange.js';
import { fetchReceipts } from './fetchReceipts.js';
import { findSilentCap } from './findSilentCap.js';
import { judgeLogs, toLowest } from './judgeLogs.js';
import { type RangeLogs, readRangeLogs } from './readRangeLogs.js';
import { findRefusal } from './refuseRange.js';
import { callHeader, callLogs, toLogFilter } from './rpcCalls.js';
import type { SourceContext } from './SourceContext.js';

/**
 * A range whose every header hashes to its own hash and follows the one before, and whose logs are held against the
 * headers' blooms and, where those or the policy ask for it, against the receipts. All of it from one endpoint.
 */
export async function fetchVerifiedRange(
  context: SourceContext,
  request: RangeRequest & { readonly policy: VerificationPolicy },
  avoid: ReadonlySet<string>,
): Promise<RangeAnswer> {
  const { from, to, filter, policy, signal } = request;
  const { maxAddresses } = context.learned;
  const heights = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const logCalls = callLogs({ from, to }, filter, maxAddresses);
  const atFirst = heights.slice(0, HEADERS_PER_REQUEST - logCalls.length);
  const calls = [...logCalls, ...atFirst.map(callHeader)];
  const reply = await context.pool.request(calls, { purpose: 'sync', avoid, maxBytes: MAX_RANGE_BYTES, signal });
  const refusal = findRefusal(reply, calls, request);
  if (refusal) return refusal;
  const { endpoint } = reply;
  const answered = readRangeLogs(reply, calls, { ...request, maxAddresses });
  const cap = policy === 'exact' ? undefined : await findSilentCap(context, request, { logs: answered, endpoint });
  if (cap) return cap;
  judgeOddities(context, request, { answered, endpoint, avoid });
  const read = (answer: unknown, height: number) => checkHeader(context, answer, { height, endpoint, policy });
  const first = atFirst.map((height, at) => read(expectResult(reply, calls, logCalls.length + at), height));
  const ask = { purpose: 'sync', only: endpoint, signal } as const;
  const more = await fetchHeaders(context, heights.slice(first.length), { ...ask, read });
  const headers = [...first, ...more.headers];
  assertLinked(headers);
  const blocks = joinLogs(headers, answered);
  const logFilter = toLogFilter(filter);
  const suspects = blocks.filter((block) => judge(context, logFilter, block) === 'needsReceipts');
  const proof = await fetchReceipts(
    context,
    suspects.map(({ header }) => header),
    ask,
  );
  for (const [at, block] of suspects.entries()) judge(context, logFilter, block, proof.receipts[at]);
  return {
    ...{ kind: 'fetched', from, to, endpoint, times: new Map(), logs: answered.logs },
    headers: headers.map(({ sound }) => sound.block),
    level: toLowest(blocks.map(({ level }) => level)),
    bytes: reply.bytes + more.bytes + proof.bytes,
  };
}

/** What is merely untidy is proof enough against an endpoint while another one can be asked, else it is put right. */
function judgeOddities(
  context: SourceContext,
  request: RangeRequest,
  { answered, endpoint, avoid }: { answered: RangeLogs; endpoint: string; avoid: ReadonlySet<string> },
): void {
  const [oddity] = answered.oddities;
  if (oddity === undefined) return;
  if (hasOthers(context.pool, 'sync', new Set([...avoid, endpoint])))
    throw new EndpointFailure(endpoint, `logs of ${request.from} to ${request.to}`, { blame: oddity });
  for (const found of answered.oddities) noteOddity(context, request, { endpoint, oddity: found });
}

function assertLinked(headers: readonly CheckedHeader[]): void {
  for (const [at, { sound, endpoint }] of headers.entries()) {
    const before = headers[at - 1]?.sound.block;
    if (!before || before.hash === sound.block.parentHash) continue;
    const detail = `block ${sound.block.height} follows ${sound.block.parentHash}, and not ${before.hash}`;
    throw new EndpointFailure(endpoint, detail, { blame: 'parentMismatch' });
  }
}

interface Block {
  readonly header: CheckedHeader;
  readonly logs: readonly RawLog[];
  readonly time: Date | undefined;
  level: VerifiedLevel;
}

function joinLogs(headers: readonly CheckedHeader[], { logs, times }: RangeLogs): readonly Block[] {
  let next = 0;
  return headers.map((header): Block => {
    const { height } = header.sound.block;
    const start = next;
    while (logs[next]?.height === height) next += 1;
    const ofBlock = start === next ? NO_LOGS : logs.slice(start, next);
    return { header, logs: ofBlock, time: times?.get(height)?.time, level: 'none' };
  });
}

const NO_LOGS: readonly RawLog[] = [];

function judge(
  context: SourceContext,
  filter: LogFilter,
  block: Block,
  receipts?: readonly RpcReceipt[],
): 'settled' | 'needsReceipts' {
  const judged = judgeLogs(context, { ...block, filter, receipts });
  if (judged === 'needsReceipts') return judged;
  block.level = judged;
  return 'settled';
}
