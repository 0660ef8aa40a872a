import type { BeatHardware } from '../../../schema/heartbeat/parseBatch.js';
import type { AcceptedBatch, AcceptedBeat } from '../beats/AcceptedBatch.js';
import type { AliveSeconds } from '../beats/writeAlive.js';
import {
  BATCH_DIGEST_BYTES,
  beatFields,
  formats,
  hardwareParts,
  MAX_WHOLE,
  UnreadableMessageError,
} from './messageFormat.js';

export interface Message {
  readonly batches: readonly AcceptedBatch[];
  readonly alive: readonly AliveSeconds[];
}

/**
 * What `encodeBatch` and `encodeSeconds` got, in its order. Throws UnreadableMessageError for anything else, so that nothing
 * is ever written from bytes that were misread.
 */
export function decodeMessage(bytes: Uint8Array): Message {
  const input = createInput(bytes);
  const batches: AcceptedBatch[] = [];
  const alive: AliveSeconds[] = [];
  do {
    const format = input.byte();
    if (format === formats.batch) batches.push(readBatch(input));
    else if (format === formats.seconds) alive.push(readSeconds(input));
    else {
      throw new UnreadableMessageError(
        `Expected a message of format ${Object.values(formats).join(' or ')}, got format ${format}: another release has ` +
          'put it into the stream. Run gateways and writers of one release.',
      );
    }
  } while (!input.isAtEnd());
  return { batches, alive };
}

function readSeconds(input: Input): AliveSeconds {
  return { observer: input.whole(), slot: input.whole(), bits: input.long() };
}

function readBatch(input: Input): AcceptedBatch {
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
    throw new UnreadableMessageError(`Expected fields of a beat up to ${ALL_FIELDS}, got ${fields}`);
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
  if (parts > ALL_PARTS)
    throw new UnreadableMessageError(`Expected parts of hardware up to ${ALL_PARTS}, got ${parts}`);
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
      throw new UnreadableMessageError(`Expected ${length} more bytes at ${position}, got ${buffer.length - position}`);
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
    throw new UnreadableMessageError(
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
