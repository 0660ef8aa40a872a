import type { Header, RawLog } from '../../events/logs.js';
import { compileFilter, type LogFilter, matchesCompiled } from './logFilter.js';
import type { Receipt } from './parseReceipt.js';
import { MalformedAnswer } from './rpcCodec.js';
import type { Refused } from './verdict.js';

/** The filter's logs as the receipts have them: indices are counted, not read. Throws MalformedAnswer. */
export function listReceiptLogs(receipts: readonly Receipt[], block: Header, filter: LogFilter): readonly RawLog[] {
  const wanted = compileFilter(filter);
  const logs: RawLog[] = [];
  let logIndex = 0;
  for (const [txIndex, receipt] of receipts.entries()) {
    for (const content of receipt.logs) {
      if (matchesCompiled(wanted, content)) {
        const { txHash } = receipt;
        if (!txHash)
          throw new MalformedAnswer(`receipts[${txIndex}].transactionHash: expected 32 bytes in hex, got nothing.`);
        const { address, topics, data } = content;
        logs.push({ height: block.height, blockHash: block.hash, txHash, txIndex, logIndex, address, topics, data });
      }
      logIndex += 1;
    }
  }
  return logs;
}

/** Both in ascending order of log index, and both of the block and of the filter. */
export function compareLogs(answered: readonly RawLog[], expected: readonly RawLog[]): Refused | undefined {
  let next = 0;
  let missing: RawLog | undefined;
  for (const log of answered) {
    let original = expected[next];
    while (original && original.logIndex < log.logIndex) {
      missing ??= original;
      next += 1;
      original = expected[next];
    }
    if (original?.logIndex !== log.logIndex) return refuse('logNotInReceipts', log, 'is not in the receipts');
    const field = findDifference(log, original);
    if (field) return refuse('logNotInReceipts', log, `has another ${field} in the receipts`);
    next += 1;
  }
  missing ??= expected[next];
  return missing && refuse('logMissing', missing, `was left out, one of ${expected.length - answered.length}`);
}

function findDifference(log: RawLog, original: RawLog): string | undefined {
  if (log.address !== original.address) return 'address';
  if (log.data !== original.data) return 'data';
  if (log.txIndex !== original.txIndex) return 'txIndex';
  if (log.txHash !== original.txHash) return 'txHash';
  if (log.topics.length !== original.topics.length) return 'topics';
  for (const [at, topic] of log.topics.entries()) if (topic !== original.topics[at]) return 'topics';
  return undefined;
}

function refuse(reason: Refused['reason'], log: RawLog, what: string): Refused {
  return { kind: 'refused', reason, detail: `log ${log.logIndex} of ${log.address} ${what}` };
}
