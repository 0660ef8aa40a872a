import type { BeatHardware } from '../../../schema/heartbeat/parseBatch.js';
import type { AcceptedBatch, AcceptedBeat } from '../beats/AcceptedBatch.js';
import {
  BATCH_DIGEST_BYTES,
  beatFields,
  FORMAT_VERSION,
  hardwareParts,
  MAX_WHOLE,
  UnreadableBatchError,
} from './batchFormat.js';

/**
 * The batches of a message, as `encodeBatch` got them; at least one. Throws UnreadableBatchError for anything else, so that
 * no beat is ever written from bytes that were misread.
 */
export function decodeBatches(message: Uint8Array): readonly AcceptedBatch[] {
  const input = createInput(message);
  const batches: AcceptedBatch[] = [];
  do batches.push(readBatch(input));
  while (!input.isAtEnd());
  return batches;
}

function readBatch(input: Input): AcceptedBatch {
  const version = input.byte();
  if (version !== FORMAT_VERSION) {
    throw new UnreadableBatchError(
      `Expected a batch of format ${FORMAT_VERSION}, got format ${version}: another release has put it into the stream. ` +
        'Run gateways and writers of one release.',
    );
  }
  const [delegationKey, counter, firstSlot] = [input.whole(), input.whole(), input.whole()];
  const lastSlot = firstSlot + input.whole();
  const digest = input.bytes(BATCH_DIGEST_BYTES);
  const [observer, length] = [input.whole(), input.whole()];
  const beats: AcceptedBeat[] = [];
  let nodeBefore = 0;
  for (let position = 0; position < length; position += 1) {
    const beat = readBeat(input, { firstSlot, nodeBefore });
    nodeBefore = beat.nodeKey;
    beats.push(beat);
  }
  return { delegationKey, counter, firstSlot, lastSlot, digest, observer, beats };
}

function readBeat(
  input: Input,
  { firstSlot, nodeBefore }: { readonly firstSlot: number; readonly nodeBefore: number },
): AcceptedBeat {
  const fields = input.byte();
  if (fields > ALL_FIELDS)
    throw new UnreadableBatchError(`Expected fields of a beat up to ${ALL_FIELDS}, got ${fields}`);
  // Evaluated in the order in which they lie in the message.
  return {
    late: (fields & beatFields.late) > 0,
    nodeKey: nodeBefore + input.folded(),
    slot: firstSlot + input.folded(),
    digest: input.long(),
    sentCs: input.folded(),
    receivedCs: input.folded(),
    ...(fields & beatFields.rttUs && { rttUs: input.whole() }),
    ...(fields & beatFields.utilPermille && { utilPermille: input.whole() }),
    ...(fields & beatFields.memoryPermille && { memoryPermille: input.whole() }),
    ...(fields & beatFields.jobs && { jobs: input.whole() }),
    ...(fields & beatFields.hardware && { hardware: readHardware(input) }),
  };
}

function readHardware(input: Input): BeatHardware {
  const parts = input.byte();
  if (parts > ALL_PARTS) throw new UnreadableBatchError(`Expected parts of hardware up to ${ALL_PARTS}, got ${parts}`);
  return {
    gpuCount: input.whole(),
    ...(parts & hardwareParts.vramMb && { vramMb: input.whole() }),
    ...(parts & hardwareParts.gpuModel && { gpuModel: input.bytes(2 * input.whole()).toString('utf16le') }),
  };
}

const ALL_FIELDS = Object.values(beatFields).reduce((all, field) => all | field, 0);
const ALL_PARTS = Object.values(hardwareParts).reduce((all, part) => all | part, 0);

type Input = ReturnType<typeof createInput>;

function createInput(message: Uint8Array) {
  const buffer = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  let position = 0;

  /** Where the next `length` bytes start. */
  function take(length: number): number {
    if (position + length > buffer.length) {
      throw new UnreadableBatchError(`Expected ${length} more bytes at ${position}, got ${buffer.length - position}`);
    }
    position += length;
    return position - length;
  }

  function whole(): number {
    let value = 0;
    for (let unit = 1; unit <= 128 ** 7; unit *= 128) {
      const byte = buffer.readUInt8(take(1));
      value += (byte % 128) * unit;
      if (byte < 128 && value <= 2 * MAX_WHOLE) return value;
      if (byte < 128) break;
    }
    throw new UnreadableBatchError(
      `Expected a number up to ${2 * MAX_WHOLE} before byte ${position}, got a larger one`,
    );
  }

  return {
    whole,
    folded() {
      const value = whole();
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    byte: () => buffer.readUInt8(take(1)),
    long: () => buffer.readBigInt64BE(take(8)),
    /** Copied: the message's own memory goes back to the connection. */
    bytes(length: number): Buffer {
      const start = take(length);
      return Buffer.from(buffer.subarray(start, start + length));
    },
    isAtEnd: () => position === buffer.length,
  };
}
