import type { Header, RawLog } from '../../events/logs.js';
import { type LogFilter, matchesFilter } from './logFilter.js';
import type { Receipt } from './parseReceipt.js';
import { MalformedAnswer } from './rpcCodec.js';
import type { Refused } from './verdict.js';

/** The filter's logs as the receipts have them: indices are counted, not read. Throws MalformedAnswer. */
export function listReceiptLogs(receipts: readonly Receipt[], block: Header, filter: LogFilter): readonly RawLog[] {
  const logs: RawLog[] = [];
  let logIndex = 0;
  for (const [txIndex, receipt] of receipts.entries()) {
    for (const content of receipt.logs) {
      if (matchesFilter(filter, content)) {
        const { txHash } = receipt;
        if (!txHash)
          throw new MalformedAnswer(`receipts[${txIndex}].transactionHash: expected 32 bytes in hex, got nothing.`);
        logs.push({ height: block.height, blockHash: block.hash, txHash, txIndex, logIndex, ...content });
      }
      logIndex += 1;
    }
  }
  return logs;
}

/** Both in ascending order of log index, and both of the block and of the filter. */
export function compareLogs(answered: readonly RawLog[], expected: readonly RawLog[]): Refused | undefined {
  const byIndex = new Map(expected.map((log) => [log.logIndex, log]));
  for (const log of answered) {
    const original = byIndex.get(log.logIndex);
    if (!original) return refuse('logNotInReceipts', log, 'is not in the receipts');
    const field = findDifference(log, original);
    if (field) return refuse('logNotInReceipts', log, `has another ${field} in the receipts`);
    byIndex.delete(log.logIndex);
  }
  const [missing] = byIndex.values();
  return missing && refuse('logMissing', missing, `was left out, the first of ${byIndex.size}`);
}

function findDifference(log: RawLog, original: RawLog): string | undefined {
  const plain = (['address', 'data', 'txIndex', 'txHash'] as const).find((field) => log[field] !== original[field]);
  if (plain) return plain;
  const same =
    log.topics.length === original.topics.length && log.topics.every((topic, at) => topic === original.topics[at]);
  return same ? undefined : 'topics';
}

function refuse(reason: Refused['reason'], log: RawLog, what: string): Refused {
  return { kind: 'refused', reason, detail: `log ${log.logIndex} of ${log.address} ${what}` };
}
