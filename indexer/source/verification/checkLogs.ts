import type { Header, RawLog } from '../../events/logs.js';
import { type LogFilter, matchesFilter } from './logFilter.js';
import { type AnsweredLog, parseLog } from './parseLog.js';
import { parseList } from './rpcCodec.js';
import type { Refused } from './verdict.js';

/** What logs must satisfy whatever the chain: all of the block, of the filter, in order, each once. */
export function checkLogs(
  answers: readonly unknown[],
  block: Header,
  filter: LogFilter,
): Refused | { readonly kind: 'inForm'; readonly logs: readonly RawLog[] } {
  const logs: RawLog[] = [];
  const seen = new Set<number>();
  for (const [position, answer] of parseList(answers, 'logs', MAX_LOGS).entries()) {
    const field = `logs[${position}]`;
    const parsed = parseLog(answer, field);
    const fault = findFault(parsed, { block, filter, before: logs.at(-1), seen });
    if (fault) return { ...fault, kind: 'refused', detail: `${field}: ${fault.detail}` };
    seen.add(parsed.log.logIndex);
    logs.push(parsed.log);
  }
  return { kind: 'inForm', logs };
}

const MAX_LOGS = 1_000_000;

interface Surroundings {
  readonly block: Header;
  readonly filter: LogFilter;
  readonly before: RawLog | undefined;
  readonly seen: ReadonlySet<number>;
}

function findFault(
  { log, removed, time }: AnsweredLog,
  { block, filter, before, seen }: Surroundings,
): Pick<Refused, 'reason' | 'detail'> | undefined {
  if (removed) return { reason: 'removed', detail: 'removed is true' };
  if (log.blockHash !== block.hash || log.height !== block.height) {
    const [expected, got] = [`${block.height} ${block.hash}`, `${log.height} ${log.blockHash}`];
    return { reason: 'wrongBlock', detail: `expected block ${expected}, got ${got}` };
  }
  if (time !== undefined && time * 1000 !== block.time.getTime()) {
    return { reason: 'wrongBlock', detail: `expected the time ${block.time.getTime() / 1000}, got ${time}` };
  }
  if (!matchesFilter(filter, log)) return { reason: 'outsideFilter', detail: `${log.address} ${log.topics[0] ?? ''}` };
  if (seen.has(log.logIndex)) return { reason: 'duplicate', detail: `log index ${log.logIndex} comes again` };
  if (before && (log.logIndex < before.logIndex || log.txIndex < before.txIndex)) {
    const [after, got] = [before, log].map(({ txIndex, logIndex }) => `transaction ${txIndex} log ${logIndex}`);
    return { reason: 'wrongOrder', detail: `${got} comes after ${after}` };
  }
  return undefined;
}
