import type { RawLog } from '../events/logs.js';
import type { Finding } from './AuditReport.js';

/** Logs that should be stored against those that are; each list by height and log index. */
export function compareStored(expected: readonly RawLog[], stored: readonly RawLog[]): readonly Finding[] {
  const findings: Finding[] = [];
  const left = new Map(stored.map((log) => [toKey(log), log]));
  for (const log of expected) {
    const own = left.get(toKey(log));
    left.delete(toKey(log));
    if (!own) findings.push(toFinding('missing', log, `of ${log.address} is not stored`));
    else {
      const fields = listDifferences(log, own);
      if (fields.length > 0) findings.push(toFinding('different', log, `is stored with another ${fields.join(', ')}`));
    }
  }
  for (const log of left.values())
    findings.push(toFinding('extra', log, `of ${log.address} is stored, the chain has none`));
  return findings;
}

function toKey({ height, logIndex }: RawLog): string {
  return `${height}-${logIndex}`;
}

function toFinding(kind: 'missing' | 'extra' | 'different', { height, logIndex }: RawLog, detail: string): Finding {
  return { kind, height, logIndex, detail };
}

const fields = ['blockHash', 'txHash', 'txIndex', 'address', 'data'] as const;

function listDifferences(expected: RawLog, stored: RawLog): readonly string[] {
  const different: string[] = fields.filter((field) => expected[field] !== stored[field]);
  if (expected.topics.join() !== stored.topics.join()) different.push('topics');
  return different;
}
