import { RetryableError } from '../../../schema/lib/errors.js';
import type { Hex } from '../../../schema/lib/hex.js';
import type { Header } from '../../events/logs.js';
import type { FetchedBlock, Filter, VerifiedLevel } from '../ChainSource.js';
import type { PoolReply } from '../endpoints/EndpointPool.js';
import { classifyNodeError } from '../rpc/classifyNodeError.js';
import type { RpcCall } from '../rpc/Transport.js';
import { bloomMayContain } from '../verification/bloom.js';
import type { LogFilter } from '../verification/logFilter.js';
import type { RpcReceipt } from '../verification/parseReceipt.js';
import { parseBlock } from '../verification/verifyHeader.js';
import { askEndpoints, askSame, EndpointFailure, expectResult, hasOthers, readAnswers } from './askEndpoints.js';
import { type CheckedHeader, checkHeader } from './checkHeader.js';
import { HEADERS_PER_REQUEST, toBatches } from './fetchHeaders.js';
import { MAX_RANGE_BYTES } from './fetchPlainRange.js';
import { callReceipts, fetchReceipts, findOtherWay, groupByGas, readReceipts } from './fetchReceipts.js';
import { judgeLogs } from './judgeLogs.js';
import { mapConcurrently } from './mapConcurrently.js';
import { type RangeLogs, readRangeLogs } from './readRangeLogs.js';
import { callHeader, callHeaderByHash, callLogs, toLogFilter } from './rpcCalls.js';
import type { SourceContext } from './SourceContext.js';

/**
 * Blocks near the head, whole, each by its hash. A header that was looked at before is not asked for again, one whose
 * bloom rules the filter out needs nothing more, and the rest comes many blocks in a request.
 */
export async function fetchBlocks(
  context: SourceContext,
  headers: readonly Header[],
  filter: Filter,
): Promise<readonly FetchedBlock[]> {
  const checked: CheckedHeader[] = [];
  for (const batch of toBatches(headers, HEADERS_PER_REQUEST)) checked.push(...(await findHeaders(context, batch)));
  const logFilter = toLogFilter(filter);
  const fetched = new Map<Hex, FetchedBlock>();
  for (const header of checked) {
    const { sound, endpoint } = header;
    if (isRuledOut(header, logFilter))
      fetched.set(sound.block.hash, { header: sound.block, logs: [], level: 'exact', endpoint });
  }
  const open = checked.filter(({ sound }) => !fetched.has(sound.block.hash));
  const groups = await mapConcurrently(groupByGas(open), GROUPS_AT_ONCE, (group) =>
    askEndpoints(context, 'head', (avoid) => fetchGroup(context, group, { filter, logFilter, avoid })),
  );
  for (const block of groups.flat()) fetched.set(block.header.hash, block);
  return headers.map(({ hash }) => {
    const block = fetched.get(hash);
    if (!block) throw new RetryableError(`Expected block ${hash}, no endpoint answered it.`);
    return block;
  });
}

const GROUPS_AT_ONCE = 4;

function isRuledOut({ sound, policy }: CheckedHeader, filter: LogFilter): boolean {
  return policy !== 'off' && !bloomMayContain(sound.bloom, filter);
}

/** Known headers, and the others by their hashes. */
async function findHeaders(context: SourceContext, headers: readonly Header[]): Promise<readonly CheckedHeader[]> {
  const missing = headers.filter(({ hash }) => !context.headers.get(hash));
  const asked = missing.length > 0 ? await askEndpoints(context, 'head', (avoid) => askHeaders(missing, avoid)) : [];
  const byHash = new Map(asked.map((header) => [header.sound.block.hash, header]));
  return headers.flatMap(({ hash }) => byHash.get(hash) ?? context.headers.get(hash) ?? []);

  async function askHeaders(wanted: readonly Header[], avoid: ReadonlySet<string>): Promise<readonly CheckedHeader[]> {
    const calls = wanted.map(({ hash }) => callHeaderByHash(hash));
    const reply = await context.pool.request(calls, { purpose: 'head', avoid });
    return wanted.map(({ hash, height }, at) => {
      const policy = context.toPolicy(height, true);
      const { endpoint } = reply;
      const header = checkHeader(context, expectResult(reply, calls, at), { hash, height, endpoint, policy });
      context.headers.add(header);
      return header;
    });
  }
}

interface GroupRequest {
  readonly filter: Filter;
  readonly logFilter: LogFilter;
  readonly avoid: ReadonlySet<string>;
}

/** Logs and, where the policy wants them, receipts in one request; the receipts of suspects in a second one. */
async function fetchGroup(
  context: SourceContext,
  group: readonly CheckedHeader[],
  { filter, logFilter, avoid }: GroupRequest,
): Promise<readonly FetchedBlock[]> {
  const { pool, learned } = context;
  const only = hasOddWays(context) ? pool.listUsable('head').find((name) => !avoid.has(name)) : undefined;
  const plan = planGroup(context, group, { filter, endpoint: only });
  const calls = plan.flatMap((block) => [...block.logCalls, ...block.otherCalls]);
  const options = { purpose: 'head', avoid, maxBytes: MAX_RANGE_BYTES } as const;
  const reply = only ? await askSame(context, calls, { ...options, only }) : await pool.request(calls, options);
  const { endpoint } = reply;
  if (learn(context, reply, calls)) return fetchGroup(context, group, { filter, logFilter, avoid });
  const blocks = plan.map((block) => {
    const { header, at, size } = block;
    const { height } = header.sound.block;
    const part = { ...reply, answers: reply.answers.slice(at, at + size) };
    const partCalls = calls.slice(at, at + size);
    const range = { from: height, to: height, filter, maxAddresses: learned.maxAddresses };
    const logs = readRangeLogs(part, partCalls, range);
    assertOfBlock(block, { logs, endpoint });
    judgeOddities(context, { logs, endpoint, height, avoid });
    if (block.asked === 'header') assertSameHeader(block, expectResult(part, partCalls, size - 1), endpoint);
    return { header, logs, receipts: block.asked === 'receipts' ? readReceipts(part, partCalls, size - 1) : undefined };
  });
  return settle(context, blocks, { endpoint, logFilter });
}

/** Whether it matters beforehand which endpoint will answer. */
function hasOddWays({ learned }: SourceContext): boolean {
  return learned.logsByNumber.size > 0 || learned.receiptWays.size > 0;
}

interface PlannedBlock {
  readonly header: CheckedHeader;
  readonly logCalls: readonly RpcCall[];
  readonly otherCalls: readonly RpcCall[];
  /** The header of the height is asked for where logs can only be had by height. */
  readonly asked: 'receipts' | 'header' | 'logs';
  readonly isByNumber: boolean;
  readonly at: number;
  readonly size: number;
}

function planGroup(
  { learned }: SourceContext,
  group: readonly CheckedHeader[],
  { filter, endpoint }: { readonly filter: Filter; readonly endpoint: string | undefined },
): readonly PlannedBlock[] {
  const isByNumber = endpoint !== undefined && learned.logsByNumber.has(endpoint);
  const way = (endpoint !== undefined && learned.receiptWays.get(endpoint)) || 'byHash';
  let at = 0;
  return group.map((header) => {
    const { hash, height } = header.sound.block;
    const logCalls = callLogs(isByNumber ? { from: height, to: height } : hash, filter, learned.maxAddresses);
    const receiptCalls = header.policy === 'exact' && way !== 'byTransaction' ? [callReceipts(header, way)] : [];
    const asked = receiptCalls.length > 0 ? 'receipts' : isByNumber ? 'header' : 'logs';
    const otherCalls = asked === 'header' ? [callHeader(height)] : receiptCalls;
    const planned = { header, logCalls, otherCalls, asked, isByNumber, at, size: logCalls.length + otherCalls.length };
    at += planned.size;
    return planned as PlannedBlock;
  });
}

/** Asked by height, another block may stand there by now; asked by hash, no other can be answered. */
function assertOfBlock(
  { header, isByNumber }: PlannedBlock,
  { logs, endpoint }: { readonly logs: RangeLogs; readonly endpoint: string },
): void {
  const { hash, height } = header.sound.block;
  const stray = logs.logs.find((log) => log.blockHash !== hash);
  if (!stray) return;
  const text = `logs of block ${height} ${hash} name the hash ${stray.blockHash}`;
  throw new EndpointFailure(endpoint, text, isByNumber ? {} : { blame: 'wrongBlock' });
}

function assertSameHeader({ header }: PlannedBlock, answer: unknown, endpoint: string): void {
  const { hash, height } = header.sound.block;
  const now = readAnswers(endpoint, () => parseBlock(answer));
  if (now.hash !== hash)
    throw new EndpointFailure(endpoint, `block ${height} is ${now.hash} now, and no longer ${hash}`);
}

/** Whether the answers say that this endpoint must be asked in another way. */
function learn({ learned }: SourceContext, reply: PoolReply, calls: readonly RpcCall[]): boolean {
  const { endpoint } = reply;
  const way = learned.receiptWays.get(endpoint) ?? 'byHash';
  const next = findOtherWay(reply, calls, way);
  if (next) learned.receiptWays.set(endpoint, next);
  const noHash = !learned.logsByNumber.has(endpoint) && isWithoutBlockHash(reply, calls);
  if (noHash) learned.logsByNumber.add(endpoint);
  return noHash || next !== undefined;
}

function isWithoutBlockHash({ answers }: PoolReply, calls: readonly RpcCall[]): boolean {
  return calls.some((call, at) => {
    const answer = answers[at];
    if (call.method !== 'eth_getLogs' || answer?.kind !== 'error') return false;
    const found = classifyNodeError(answer, call);
    return found.kind === 'unsupported' && found.what === 'blockHash';
  });
}

function judgeOddities(
  { pool }: SourceContext,
  { logs, endpoint, height, avoid }: { logs: RangeLogs; endpoint: string; height: number; avoid: ReadonlySet<string> },
): void {
  for (const reason of logs.oddities) {
    const detail = `logs of block ${height}`;
    if (hasOthers(pool, 'head', new Set([...avoid, endpoint])))
      throw new EndpointFailure(endpoint, detail, { blame: reason });
    pool.noteFault(endpoint, { reason, detail });
  }
}

interface OpenBlock {
  readonly header: CheckedHeader;
  readonly logs: RangeLogs;
  readonly receipts: readonly RpcReceipt[] | undefined;
}

async function settle(
  context: SourceContext,
  blocks: readonly OpenBlock[],
  { endpoint, logFilter }: { readonly endpoint: string; readonly logFilter: LogFilter },
): Promise<readonly FetchedBlock[]> {
  const { logsByNumber, receiptWays } = context.learned;
  const isByHash = !logsByNumber.has(endpoint) && (receiptWays.get(endpoint) ?? 'byHash') === 'byHash';
  const judge = ({ header, logs, receipts }: OpenBlock) => {
    const time = logs.times?.get(header.sound.block.height)?.time;
    // Whoever answered the header, the logs are of this endpoint, and so is the fault.
    try {
      return judgeLogs(context, {
        header: { ...header, endpoint },
        logs: logs.logs,
        time,
        filter: logFilter,
        receipts,
      });
    } catch (thrown) {
      if (isByHash || !(thrown instanceof EndpointFailure)) throw thrown;
      // What stands at that height on another branch, asked by height, is no lie.
      throw new EndpointFailure(endpoint, thrown.message);
    }
  };
  const first = blocks.map((block) => ({ block, level: judge(block) }));
  const suspects = first.filter(({ level }) => level === 'needsReceipts').map(({ block }) => block);
  const headers = suspects.map(({ header }) => header);
  const proof = await fetchReceipts(context, headers, { purpose: 'head', only: endpoint });
  const levels = new Map(
    suspects.map((block, at) => [block, judge({ ...block, receipts: proof.receipts[at] })] as const),
  );
  return first.map(({ block, level }) => {
    const settled = levels.get(block) ?? level;
    return {
      header: block.header.sound.block,
      logs: block.logs.logs,
      level: toSettled(settled),
      endpoint,
    };
  });
}

function toSettled(level: VerifiedLevel | 'needsReceipts'): VerifiedLevel {
  return level === 'needsReceipts' ? 'none' : level;
}
