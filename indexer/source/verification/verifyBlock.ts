import type { Hex } from '../../../schema/lib/hex.js';
import type { RawLog } from '../../events/logs.js';
import { addBloom, type Bloom, bloomMayContain, listHits, logsBloom, matchesBloom, mayContain } from './bloom.js';
import type { VerificationPolicy } from './chainRules.js';
import { checkLogs } from './checkLogs.js';
import { compareLogs, listReceiptLogs } from './compareLogs.js';
import type { RpcHeader } from './headerHash.js';
import { type CompiledFilter, compileFilter, type LogFilter } from './logFilter.js';
import { parseReceipt, type Receipt, type RpcReceipt } from './parseReceipt.js';
import { findLimit, type ReceiptRules, toReceiptsRoot } from './receiptsRoot.js';
import { parseEach, parseList } from './rpcCodec.js';
import { type NeedsReceipts, refuse, refuseMalformed, type Verdict } from './verdict.js';
import { type Identity, type SoundHeader, toSoundHeader } from './verifyHeader.js';

export interface BlockAnswers extends Identity {
  /** As `eth_getBlockBy…` answered. */
  readonly header: RpcHeader;
  /** As `eth_getLogs` answered for this block and the filter. */
  readonly logs: readonly unknown[];
  /** As `eth_getBlockReceipts` answered, all of the block's; where they were not asked for, undefined. */
  readonly receipts?: readonly RpcReceipt[] | undefined;
  readonly filter: LogFilter;
  readonly policy: VerificationPolicy;
  readonly rules: ReceiptRules;
}

/**
 * Whether an endpoint's answers about a block can be believed. Proven is that they agree with the header, and the header
 * with its hash; that this hash is the chain's follows from the parent link to a block held for true, or from other
 * endpoints, and is not decided here. A transaction's hash is in no receipt: the logs' are held against the receipts' own.
 */
export function verifyBlock(answers: BlockAnswers): Verdict {
  return refuseMalformed(() => verify(answers));
}

function verify(answers: BlockAnswers): Verdict {
  const { header, filter, policy } = answers;
  const sound = toSoundHeader(header, answers);
  if (sound.kind === 'refused') return sound;
  const checked = checkLogs(answers.logs, sound.block, filter);
  return checked.kind === 'refused' ? checked : toVerdict({ ...answers, sound, logs: checked.logs, filter, policy });
}

/** The second half, for logs that are in form already: of the filter, in order, each once. */
export function verifyLogs(answers: LogAnswers & { readonly time?: Date | undefined }): Verdict {
  const { block } = answers.sound;
  const stray = answers.logs.find((log) => log.blockHash !== block.hash || log.height !== block.height);
  if (stray) return refuse('wrongBlock', `expected block ${block.height} ${block.hash}, got ${stray.blockHash}`);
  const { time } = answers;
  if (time && answers.logs.length > 0 && time.getTime() !== block.time.getTime())
    return refuse('wrongBlock', `expected the time ${block.time.toISOString()}, got ${time.toISOString()}`);
  return refuseMalformed(() => toVerdict(answers));
}

export interface LogAnswers extends Pick<BlockAnswers, 'receipts' | 'filter' | 'policy' | 'rules'> {
  readonly sound: SoundHeader;
  readonly logs: readonly RawLog[];
}

function toVerdict(answers: LogAnswers): Verdict {
  const { sound, logs, filter, policy } = answers;
  const { block: header, bloom } = sound;
  if (policy === 'off') return { kind: 'ok', level: 'none', header, logs };
  if (answers.receipts) return checkReceipts(answers.receipts, answers);
  // Receipts will tell all that the bloom could, and more.
  if (policy === 'exact' && logs.length > 0) return needReceipts([], ONLY_RECEIPTS);
  const invented = logs.find((log) => !matchesBloom(bloom, log));
  if (invented) return refuse('bloomMissing', `log ${invented.logIndex} of ${invented.address}`);
  if (logs.length === 0 && !bloomMayContain(bloom, filter)) return { kind: 'ok', level: 'exact', header, logs };
  const suspicion = findSuspicion(bloom, filter, logs);
  if (suspicion) return suspicion;
  return policy === 'exact' ? needReceipts([], ONLY_RECEIPTS) : { kind: 'ok', level: 'superset', header, logs };
}

const ONLY_RECEIPTS = 'only receipts prove the logs exact';

function checkReceipts(values: readonly unknown[], { sound, logs, filter, rules }: LogAnswers): Verdict {
  const { block, bloom, receiptsRoot } = sound;
  const receipts = parseEach(parseList(values, 'receipts', MAX_RECEIPTS), 'receipts', parseReceipt);
  const root = toReceiptsRoot(receipts, rules);
  if (root !== receiptsRoot) {
    const limit = findLimit(receipts, rules);
    return {
      ...refuse('receiptsRootMismatch', `the header has ${receiptsRoot}, ${receipts.length} receipts give ${root}`),
      ...(limit ? { limit } : {}),
    };
  }
  if (!uniteBlooms(receipts).equals(bloom)) return refuse('bloomMismatch', `block ${block.height}`);
  const fault = compareLogs(logs, listReceiptLogs(receipts, block, filter));
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
function findSuspicion(bloom: Bloom, filter: LogFilter, logs: readonly RawLog[]): NeedsReceipts | undefined {
  return findSuspicionOf(bloom, compileFilter(filter), logs);
}

function findSuspicionOf(bloom: Bloom, filter: CompiledFilter, logs: readonly RawLog[]): NeedsReceipts | undefined {
  const further = filter.also && findSuspicionOf(bloom, filter.also, logs);
  if (further || !mayContain(bloom, filter)) return further;
  const { addresses, topics } = filter;
  const wanted = addresses.size > 0 ? [addresses] : topics.filter(({ size }) => size > 0);
  if (wanted.length === 0) {
    const whole = logsBloom(logs).equals(bloom);
    return whole ? undefined : needReceipts([], 'all logs do not fill the bloom');
  }
  const hits = wanted.flatMap((entries) => listHits(bloom, entries));
  const shown = addresses.size > 0 ? listAddresses(logs) : new Set(logs.flatMap((log) => log.topics));
  const suspects = hits.filter((entry) => !shown.has(entry));
  if (suspects.length === 0) return undefined;
  return needReceipts(suspects, `the bloom may contain ${suspects.length} entries without a log`);
}

function needReceipts(suspects: readonly Hex[], detail: string): NeedsReceipts {
  return { kind: 'needsReceipts', suspects, detail };
}

function listAddresses(logs: readonly RawLog[]): ReadonlySet<Hex> {
  const addresses = new Set<Hex>();
  for (const { address } of logs) addresses.add(address);
  return addresses;
}
