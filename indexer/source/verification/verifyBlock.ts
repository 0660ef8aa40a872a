import { type Hex, toBytes } from '../../../schema/lib/hex.js';
import type { Header, RawLog } from '../../events/logs.js';
import { addBloom, bloomMayContain, listHits, logsBloom, matchesBloom } from './bloom.js';
import type { VerificationPolicy } from './chainRules.js';
import { checkLogs } from './checkLogs.js';
import { compareLogs, listReceiptLogs } from './compareLogs.js';
import { headerHash, listUnknownFields, type RpcHeader } from './headerHash.js';
import { compileFilter, type LogFilter } from './logFilter.js';
import { parseReceipt, type Receipt, type RpcReceipt } from './parseReceipt.js';
import { findLimit, type ReceiptRules, toReceiptsRoot } from './receiptsRoot.js';
import { MalformedAnswer, parseData, parseEach, parseHash, parseList, parseNumber, parseObject } from './rpcCodec.js';
import type { NeedsReceipts, Refused, Verdict } from './verdict.js';

export interface BlockAnswers {
  /** As `eth_getBlockBy…` answered. */
  readonly header: RpcHeader;
  /** As `eth_getLogs` answered for this block and the filter. */
  readonly logs: readonly unknown[];
  /** As `eth_getBlockReceipts` answered, all of the block's; where they were not asked for, undefined. */
  readonly receipts?: readonly RpcReceipt[] | undefined;
  readonly filter: LogFilter;
  readonly policy: VerificationPolicy;
  readonly rules: ReceiptRules;
  /** What the block must be, as far as it is known: by its hash near the head, by its height elsewhere. */
  readonly hash?: Hex | undefined;
  readonly height?: number | undefined;
  /** The hash of the block before, where that is known. */
  readonly parentHash?: Hex | undefined;
}

/**
 * Whether an endpoint's answers about a block can be believed. Proven is that they agree with the header, and the header
 * with its hash; that this hash is the chain's follows from the parent link to a block held for true, or from other
 * endpoints, and is not decided here. A transaction's hash is in no receipt: the logs' are held against the receipts' own.
 */
export function verifyBlock(answers: BlockAnswers): Verdict {
  try {
    return verify(answers);
  } catch (thrown) {
    if (!(thrown instanceof MalformedAnswer)) throw thrown;
    return { kind: 'refused', reason: 'malformed', detail: thrown.message };
  }
}

function verify(answers: BlockAnswers): Verdict {
  const { header: answered, policy, filter } = answers;
  const block = parseBlock(answered);
  const fault = checkIdentity(block, answers) ?? (policy === 'off' ? undefined : checkHash(answered, block));
  if (fault) return fault;
  const checked = checkLogs(answers.logs, block, filter);
  if (checked.kind === 'refused') return checked;
  const { logs } = checked;
  if (policy === 'off') return { kind: 'ok', level: 'none', header: block, logs };
  const bloom = toBytes(parseData(answered.logsBloom, 'header.logsBloom', 256));
  if (answers.receipts) return checkReceipts(answers.receipts, { answers, block, bloom, logs });
  const invented = logs.find((log) => !matchesBloom(bloom, log));
  if (invented) return refuse('bloomMissing', `log ${invented.logIndex} of ${invented.address}`);
  if (logs.length === 0 && !bloomMayContain(bloom, filter)) return { kind: 'ok', level: 'exact', header: block, logs };
  const suspicion = findSuspicion(bloom, filter, logs);
  if (suspicion) return suspicion;
  if (policy === 'superset') return { kind: 'ok', level: 'superset', header: block, logs };
  return { kind: 'needsReceipts', suspects: [], detail: 'only receipts prove the logs exact' };
}

function parseBlock(header: unknown): Header {
  const { number, hash, parentHash, timestamp } = parseObject(header, 'header');
  return {
    height: parseNumber(number, 'header.number'),
    hash: parseHash(hash, 'header.hash'),
    parentHash: parseHash(parentHash, 'header.parentHash'),
    time: new Date(parseNumber(timestamp, 'header.timestamp') * 1000),
  };
}

function checkIdentity(block: Header, { hash, height, parentHash }: BlockAnswers): Refused | undefined {
  if (hash !== undefined && block.hash !== hash.toLowerCase())
    return refuse('wrongBlock', `expected block ${hash}, got ${block.hash}`);
  if (height !== undefined && block.height !== height)
    return refuse('wrongBlock', `expected height ${height}, got ${block.height}`);
  if (parentHash !== undefined && block.parentHash !== parentHash.toLowerCase())
    return refuse('parentMismatch', `expected parent ${parentHash}, got ${block.parentHash}`);
  return undefined;
}

function checkHash(header: RpcHeader, block: Header): Refused | undefined {
  const computed = headerHash(header);
  if (computed === block.hash) return undefined;
  const unknown = listUnknownFields(header);
  return {
    ...refuse('headerHashMismatch', `block ${block.height} says ${block.hash}, its fields hash to ${computed}`),
    ...(unknown.length > 0 ? { limit: `The header has fields not known here: ${unknown.join(', ')}.` } : {}),
  };
}

interface Checked {
  readonly answers: BlockAnswers;
  readonly block: Header;
  readonly bloom: Buffer;
  readonly logs: readonly RawLog[];
}

function checkReceipts(values: readonly unknown[], { answers, block, bloom, logs }: Checked): Verdict {
  const receipts = parseEach(parseList(values, 'receipts', MAX_RECEIPTS), 'receipts', parseReceipt);
  const root = toReceiptsRoot(receipts, answers.rules);
  const expected = parseHash(answers.header.receiptsRoot, 'header.receiptsRoot');
  if (root !== expected) {
    const limit = findLimit(receipts, answers.rules);
    return {
      ...refuse('receiptsRootMismatch', `the header has ${expected}, ${receipts.length} receipts give ${root}`),
      ...(limit ? { limit } : {}),
    };
  }
  if (!uniteBlooms(receipts).equals(bloom)) return refuse('bloomMismatch', `block ${block.height}`);
  const fault = compareLogs(logs, listReceiptLogs(receipts, block, answers.filter));
  return fault ?? { kind: 'ok', level: 'exact', header: block, logs };
}

const MAX_RECEIPTS = 1_000_000;

function uniteBlooms(receipts: readonly Receipt[]): Buffer {
  const united = logsBloom([]);
  for (const { bloom } of receipts) addBloom(united, bloom);
  return united;
}

/**
 * Entries of the filter that the bloom has and no log shows: addresses, or topics where any address will do. Bits of
 * other logs may have set them, so this is suspicion, and receipts settle it.
 */
function findSuspicion(bloom: Buffer, filter: LogFilter, logs: readonly RawLog[]): NeedsReceipts | undefined {
  if (!bloomMayContain(bloom, filter)) return undefined;
  const { addresses, topics } = compileFilter(filter);
  const wanted = addresses.size > 0 ? [addresses] : topics.filter(({ size }) => size > 0);
  if (wanted.length === 0) {
    const whole = logsBloom(logs).equals(bloom);
    return whole ? undefined : { kind: 'needsReceipts', suspects: [], detail: 'all logs do not fill the bloom' };
  }
  const hits = wanted.flatMap((entries) => listHits(bloom, entries));
  const shown = addresses.size > 0 ? listAddresses(logs) : new Set(logs.flatMap((log) => log.topics));
  const suspects = hits.filter((entry) => !shown.has(entry));
  if (suspects.length === 0) return undefined;
  return { kind: 'needsReceipts', suspects, detail: `the bloom may contain ${suspects.length} entries without a log` };
}

function listAddresses(logs: readonly RawLog[]): ReadonlySet<Hex> {
  const addresses = new Set<Hex>();
  for (const { address } of logs) addresses.add(address);
  return addresses;
}

function refuse(reason: Refused['reason'], detail: string): Refused {
  return { kind: 'refused', reason, detail };
}
