import type { Header, RawLog } from '../../events/logs.js';
import type { BlockTime, FetchedRange, RangeAnswer, RangeRequest } from '../ChainSource.js';
import type { PoolReply } from '../endpoints/EndpointPool.js';
import type { RpcCall } from '../rpc/Transport.js';
import { parseBlock } from '../verification/verifyHeader.js';
import { AnswerFault } from './AnswerFault.js';
import { expectResult, readAnswers } from './askEndpoints.js';
import { fetchHeaders } from './fetchHeaders.js';
import { findSilentCap } from './findSilentCap.js';
import { type RangeLogs, readRangeLogs } from './readRangeLogs.js';
import { findRefusal } from './refuseRange.js';
import { callHeader, callLogs } from './rpcCalls.js';
import type { SourceContext } from './SourceContext.js';

/**
 * A range without verification, in as few requests as can be: the logs and the headers of both ends in one, and more
 * headers only where the logs do not tell their blocks' times.
 */
export async function fetchPlainRange(
  context: SourceContext,
  request: RangeRequest,
  avoid: ReadonlySet<string>,
): Promise<RangeAnswer> {
  const { from, to, filter, signal } = request;
  const { maxAddresses } = context.learned;
  const logCalls = callLogs({ from, to }, filter, maxAddresses);
  const ends = to > from ? [from, to] : [from];
  const calls = [...logCalls, ...ends.map(callHeader)];
  const reply = await context.pool.request(calls, { purpose: 'sync', avoid, maxBytes: MAX_RANGE_BYTES, signal });
  const refusal = findRefusal(reply, calls, request);
  if (refusal) return refusal;
  const { endpoint } = reply;
  const answered = readRangeLogs(reply, calls, { ...request, maxAddresses });
  const headers = ends.map((height, at) => readHeader(reply, { calls, at: logCalls.length + at, height }));
  const cap = await findSilentCap(context, request, { logs: answered, endpoint });
  if (cap) return cap;
  for (const oddity of answered.oddities) noteOddity(context, request, { endpoint, oddity });
  const range = await addTimes(context, { request, headers, answered, endpoint });
  readAnswers(endpoint, () => assertOneHistory(answered.logs, range));
  return {
    kind: 'fetched',
    from,
    to,
    logs: answered.logs,
    level: 'none',
    endpoint,
    ...range,
    bytes: range.bytes + reply.bytes,
  };
}

/** Of a getLogs body: halved ranges cost less than one that fills the memory. */
export const MAX_RANGE_BYTES = 32 * 1024 * 1024;

export function noteOddity(
  { pool }: SourceContext,
  { from, to }: RangeRequest,
  { endpoint, oddity }: { readonly endpoint: string; readonly oddity: string },
): void {
  pool.noteFault(endpoint, { reason: oddity, detail: `logs of ${from} to ${to}` });
}

function readHeader(
  reply: PoolReply,
  { calls, at, height }: { readonly calls: readonly RpcCall[]; readonly at: number; readonly height: number },
): Header {
  const answer = expectResult(reply, calls, at);
  return readAnswers(reply.endpoint, () => toHeader(answer, height));
}

function toHeader(answer: unknown, height: number): Header {
  const header = parseBlock(answer);
  if (header.height !== height) throw new AnswerFault('wrongBlock', `expected height ${height}, got ${header.height}`);
  return header;
}

type Blocks = Pick<FetchedRange, 'headers' | 'times' | 'bytes'>;

async function addTimes(
  context: SourceContext,
  {
    request: { signal },
    headers,
    answered,
    endpoint,
  }: {
    readonly request: RangeRequest;
    readonly headers: readonly Header[];
    readonly answered: RangeLogs;
    readonly endpoint: string;
  },
): Promise<Blocks> {
  const known = new Set(headers.map(({ height }) => height));
  const { logs, times } = answered;
  if (times && isPlausible(times, headers))
    return { headers, times: new Map([...times].filter(([height]) => !known.has(height))), bytes: 0 };
  const heights = [...new Set(logs.map(({ height }) => height))].filter((height) => !known.has(height));
  const read = (answer: unknown, height: number) => readAnswers(endpoint, () => toHeader(answer, height));
  const more = await fetchHeaders(context, heights, { purpose: 'sync', only: endpoint, signal, read });
  const all = [...headers, ...more.headers].sort((one, other) => one.height - other.height);
  return { headers: all, times: new Map(), bytes: more.bytes };
}

/** Some nodes answer a time of zero; between its ends a chain's time does not go back. */
function isPlausible(times: ReadonlyMap<number, BlockTime>, headers: readonly Header[]): boolean {
  const [first, last] = [headers[0], headers.at(-1)];
  if (!first || !last) return false;
  for (const { time } of times.values()) if (time < first.time || time > last.time) return false;
  return headers.every((header) => (times.get(header.height)?.time ?? header.time).getTime() === header.time.getTime());
}

/** The chain may change between two answers, and one node behind an address differ from the next. */
function assertOneHistory(logs: readonly RawLog[], { headers }: Blocks): void {
  const hashes = new Map(headers.map(({ height, hash }) => [height, hash]));
  const stray = logs.find((log) => (hashes.get(log.height) ?? log.blockHash) !== log.blockHash);
  if (stray) throw new AnswerFault('inconsistent', `a log of block ${stray.height} names another hash than its header`);
  for (const [at, header] of headers.entries()) {
    const before = headers[at - 1];
    if (before?.height === header.height - 1 && before.hash !== header.parentHash)
      throw new AnswerFault('inconsistent', `block ${header.height} does not follow block ${before.height}`);
  }
}
