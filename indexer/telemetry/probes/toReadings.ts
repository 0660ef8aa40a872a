import { createHash } from 'node:crypto';
import { toNounId } from '../../../schema/lib/ids.js';
import { toTokenId } from '../../../schema/protocols/Manifest.js';
import type { ProbedPrice } from './Probe.js';
import type { Assignment } from './probes.js';
import type { Reading } from './readingStore.js';

export interface Asked extends Assignment {
  /** Native id of the provider that answered, or the name of a source. */
  readonly target: string;
  readonly observer: string;
  /** As it may be shown. */
  readonly sourceUrl: string;
  readonly intervalSeconds: number;
  /** When the answer was complete. */
  readonly at: Date;
}

/** Fresh for so many intervals: two questions in a row may fail before a price is called stale. */
export const FRESH_INTERVALS = 3;

/** What an answer says, as rows. Pure: the same answer of the same moment is the same rows. */
export function toReadings(prices: readonly ProbedPrice[], asked: Asked): readonly Reading[] {
  const readings = new Map<string, Reading>();
  for (const price of prices) {
    const reading = toReading(price, asked);
    // A parser names each thing once; should one not, the first word stands.
    if (!readings.has(reading.thing)) readings.set(reading.thing, reading);
  }
  return [...readings.values()];
}

function toReading(price: ProbedPrice, asked: Asked): Reading {
  const { probe, network, target, observer, sourceUrl, intervalSeconds, at } = asked;
  const { definition } = network;
  const { basis, unit, resource, attributes, sampledAt } = price;
  const provider = price.provider ?? (probe.targets.kind === 'facts' ? target : undefined);
  const providerId = provider === undefined ? null : toNounId(definition.id, provider);
  const scale = price.scale ?? null;
  // An assignment has a work token (listAssignments).
  const token = definition.workToken ? toTokenId(definition.id, definition.workToken) : '';
  const seenBySource = Math.min(at.getTime(), sampledAt ?? at.getTime());
  return {
    thing: toDigest([probe.id, target, observer, providerId, basis, unit, resource, token, scale]),
    day: at.toISOString().slice(0, 10),
    amount: String(price.amount),
    provider_id: providerId,
    ...{ basis, unit, resource, token, scale, attributes },
    source_url: sourceUrl,
    first_seen: at.toISOString(),
    last_seen: at.toISOString(),
    valid_until: new Date(seenBySource + FRESH_INTERVALS * intervalSeconds * 1_000).toISOString(),
  };
}

/** 128 bits in hex: nobody gains by two things of one provider's that collide. */
function toDigest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
