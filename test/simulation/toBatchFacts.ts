import type { RawLog } from '../../indexer/events/logs.js';
import type { Batch } from '../../indexer/writer/Store.js';
import { toStableText } from './toStableText.js';

/** A batch's events and quarantine as lines, by height; the truth says the same of a block in its own way. */
export function toBatchFacts(batch: Pick<Batch, 'logs' | 'broken'>): ReadonlyMap<number, readonly string[]> {
  const facts = new Map<number, string[]>();
  const add = (height: number, line: string) => {
    const lines = facts.get(height);
    if (lines) lines.push(line);
    else facts.set(height, [line]);
  };
  for (const { decoded, events } of batch.logs) {
    const { log, role, name, args } = decoded;
    add(log.height, `event ${toPlace(log)} ${role}.${name} ${toStableText(args)} ${toStableText(events)}`);
  }
  for (const { log, stage } of batch.broken) add(log.height, `broken ${toPlace(log)} ${stage}`);
  return facts;
}

function toPlace({ height, logIndex, blockHash, txIndex, txHash, address, topics, data }: RawLog): string {
  return `${height}/${logIndex} ${blockHash} ${txIndex} ${txHash} ${address} ${topics.join()} ${data}`;
}
