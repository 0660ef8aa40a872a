import type { Header, RawLog } from '../../events/logs.js';
import { type CompiledFilter, compileFilter, type LogFilter, matchesCompiled } from './logFilter.js';
import { type AnsweredLog, parseLog } from './parseLog.js';
import { parseEach, parseList } from './rpcCodec.js';
import type { Refused } from './verdict.js';

/** What logs must satisfy whatever the chain: all of the block, of the filter, in order, each once. */
export function checkLogs(
  answers: readonly unknown[],
  block: Header,
  filter: LogFilter,
): Refused | { readonly kind: 'inForm'; readonly logs: readonly RawLog[] } {
  const surroundings = { block, time: block.time.getTime() / 1000, filter: compileFilter(filter) };
  const logs: RawLog[] = [];
  for (const answered of parseEach(parseList(answers, 'logs', MAX_LOGS), 'logs', parseLog)) {
    const fault = findFault(answered, logs, surroundings);
    if (fault) return { ...fault, kind: 'refused', detail: `logs[${logs.length}]: ${fault.detail}` };
    logs.push(answered.log);
  }
  return { kind: 'inForm', logs };
}

const MAX_LOGS = 1_000_000;

interface Surroundings {
  readonly block: Header;
  /** In seconds. */
  readonly time: number;
  readonly filter: CompiledFilter;
}

function findFault(
  { log, removed, time }: AnsweredLog,
  others: readonly RawLog[],
  { block, time: expected, filter }: Surroundings,
): Pick<Refused, 'reason' | 'detail'> | undefined {
  if (removed) return { reason: 'removed', detail: 'removed is true' };
  if (log.blockHash !== block.hash || log.height !== block.height) {
    const [asked, got] = [`${block.height} ${block.hash}`, `${log.height} ${log.blockHash}`];
    return { reason: 'wrongBlock', detail: `expected block ${asked}, got ${got}` };
  }
  if (time !== undefined && time !== expected) {
    return { reason: 'wrongBlock', detail: `expected the time ${expected}, got ${time}` };
  }
  if (!matchesCompiled(filter, log)) {
    return { reason: 'outsideFilter', detail: `${log.address} ${log.topics[0] ?? ''}` };
  }
  const before = others.at(-1);
  if (!before || (log.logIndex > before.logIndex && log.txIndex >= before.txIndex)) return undefined;
  if (others.some(({ logIndex }) => logIndex === log.logIndex)) {
    return { reason: 'duplicate', detail: `log index ${log.logIndex} comes again` };
  }
  const [after, got] = [before, log].map(({ txIndex, logIndex }) => `transaction ${txIndex} log ${logIndex}`);
  return { reason: 'wrongOrder', detail: `${got} comes after ${after}` };
}
