import { createHash } from 'node:crypto';
import type { AcceptedBatch, AcceptedBeat } from '../../indexer/telemetry/beats/AcceptedBatch.js';

/** Some minute of some day. */
export const SLOT = 29_500_000;

export function makeBeat(beat: Partial<AcceptedBeat> = {}): AcceptedBeat {
  const { nodeKey = 1, slot = SLOT, late = false } = beat;
  const digest = hash(`${nodeKey} ${slot} ${late} ${beat.rttUs ?? ''}`).readBigInt64BE(0);
  return { nodeKey, slot, late, digest, sentCs: 100, receivedCs: 150, ...beat };
}

/** A batch with the envelope that its beats give it, and a digest of its own. */
export function makeBatch(batch: Partial<AcceptedBatch> = {}): AcceptedBatch {
  const { delegationKey = 1, counter = 1, observer = 1, beats = [makeBeat()] } = batch;
  const slots = beats.map(({ slot }) => slot);
  const said = beats.map((beat) => `${beat.nodeKey} ${beat.slot} ${beat.digest}`).join();
  return {
    ...{ delegationKey, counter, observer, beats },
    firstSlot: Math.min(...slots),
    lastSlot: Math.max(...slots),
    digest: hash(`${delegationKey} ${counter} ${said}`).subarray(0, 16),
    ...batch,
  };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
