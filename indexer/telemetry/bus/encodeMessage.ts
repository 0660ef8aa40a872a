import { assert } from '../../../schema/lib/assert.js';
import type { AcceptedBatch, AcceptedBeat } from '../beats/AcceptedBatch.js';
import type { AliveSeconds } from '../beats/writeAlive.js';
import { BATCH_DIGEST_BYTES, beatFields, formats, hardwareParts, MAX_WHOLE } from './messageFormat.js';

/** A batch as a message, some 30 bytes a beat (messageFormat.ts); `decodeMessage` reads it. */
export function encodeBatch(batch: AcceptedBatch): Buffer {
  const { delegationKey, counter, firstSlot, lastSlot, digest, observer, beats } = batch;
  assert(digest.length === BATCH_DIGEST_BYTES, `a batch's digest has ${BATCH_DIGEST_BYTES} bytes`);
  const out = createOutput(beats);
  out.byte(formats.batch);
  out.whole(delegationKey);
  out.whole(counter);
  out.whole(firstSlot);
  out.whole(lastSlot - firstSlot);
  out.bytes(digest);
  out.whole(observer);
  out.whole(beats.length);
  let nodeBefore = 0;
  for (const beat of beats) {
    writeBeat(out, beat, { firstSlot, nodeBefore });
    nodeBefore = beat.nodeKey;
  }
  return out.end();
}

/** The seconds in which observers were alive, as a message. */
export function encodeSeconds(rows: readonly AliveSeconds[]): Buffer {
  return Buffer.concat(
    rows.map(({ observer, slot, bits }) => {
      const out = createOutput([]);
      out.byte(formats.seconds);
      out.whole(observer);
      out.whole(slot);
      out.long(bits);
      return out.end();
    }),
  );
}

function writeBeat(
  out: Output,
  beat: AcceptedBeat,
  { firstSlot, nodeBefore }: { readonly firstSlot: number; readonly nodeBefore: number },
): void {
  out.byte(toFields(beat));
  out.folded(beat.nodeKey - nodeBefore);
  out.folded(beat.slot - firstSlot);
  out.long(beat.digest);
  out.folded(beat.sentCs);
  out.folded(beat.receivedCs);
  for (const reading of [beat.rttUs, beat.utilPermille, beat.memoryPermille, beat.jobs]) {
    if (reading !== undefined) out.whole(reading);
  }
  if (!beat.hardware) return;
  const { gpuCount, vramMb, gpuModel } = beat.hardware;
  out.byte((vramMb === undefined ? 0 : hardwareParts.vramMb) | (gpuModel === undefined ? 0 : hardwareParts.gpuModel));
  out.whole(gpuCount);
  if (vramMb !== undefined) out.whole(vramMb);
  if (gpuModel === undefined) return;
  out.whole(gpuModel.length);
  out.bytes(Buffer.from(gpuModel, 'utf16le'));
}

function toFields({ late, rttUs, utilPermille, memoryPermille, jobs, hardware }: AcceptedBeat): number {
  return (
    (late ? beatFields.late : 0) |
    (rttUs === undefined ? 0 : beatFields.rttUs) |
    (utilPermille === undefined ? 0 : beatFields.utilPermille) |
    (memoryPermille === undefined ? 0 : beatFields.memoryPermille) |
    (jobs === undefined ? 0 : beatFields.jobs) |
    (hardware === undefined ? 0 : beatFields.hardware)
  );
}

type Output = ReturnType<typeof createOutput>;

/** Has room for the longest form of these beats, so that nothing is ever moved. */
function createOutput(beats: readonly AcceptedBeat[]) {
  const models = beats.reduce((sum, { hardware }) => sum + 2 * (hardware?.gpuModel?.length ?? 0), 0);
  const buffer = Buffer.allocUnsafe(MAX_HEAD_BYTES + beats.length * MAX_BEAT_BYTES + models);
  let length = 0;

  function whole(value: number): void {
    assert(Number.isSafeInteger(value) && value >= 0 && value <= 2 * MAX_WHOLE, `${value} is a whole number from 0`);
    let rest = value;
    while (rest >= 128) {
      length = buffer.writeUInt8((rest % 128) + 128, length);
      rest = Math.floor(rest / 128);
    }
    length = buffer.writeUInt8(rest, length);
  }

  return {
    whole,
    folded: (value: number) => whole(value < 0 ? -2 * value - 1 : 2 * value),
    byte(value: number) {
      length = buffer.writeUInt8(value, length);
    },
    long(value: bigint) {
      length = buffer.writeBigInt64BE(value, length);
    },
    bytes(value: Uint8Array) {
      buffer.set(value, length);
      length += value.length;
    },
    end: () => buffer.subarray(0, length),
  };
}

/** Numbers take at most 8 bytes each: 53 bits in groups of seven. */
const MAX_HEAD_BYTES = 1 + BATCH_DIGEST_BYTES + 6 * 8;
const MAX_BEAT_BYTES = 2 + 8 + 11 * 8;
