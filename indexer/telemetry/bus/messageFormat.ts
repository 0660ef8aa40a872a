/**
 * How batches lie in a stream. A message is one record or several, each of which begins with the number of its format (1 byte).
 * Whole numbers are LEB128 in groups of seven bits, the lowest first; those that may be below 0 are folded first
 * (0, -1, 1, -2, … become 0, 1, 2, 3, …).
 *
 * batch: delegationKey, counter, firstSlot, lastSlot - firstSlot, digest (16 bytes), observer, number of beats, beats.
 * beat: fields (1 byte, below), nodeKey less that of the beat before (folded), slot - firstSlot (folded), digest (8 bytes),
 * sentCs (folded), receivedCs (folded), then what `fields` names, in its order. hardware: parts (1 byte), gpuCount, vramMb,
 * number of code units of gpuModel and they, two bytes each: as given, even where they are no text.
 *
 * seconds in which an observer was alive: observer, slot, bits (8 bytes).
 */
export const formats = { batch: 1, seconds: 2 } as const;
export const BATCH_DIGEST_BYTES = 16;

export const beatFields = { late: 1, rttUs: 2, utilPermille: 4, memoryPermille: 8, jobs: 16, hardware: 32 } as const;
export const hardwareParts = { vramMb: 1, gpuModel: 2 } as const;

/** Numbers of this size and their folded form are exact; every column that holds them is smaller. */
export const MAX_WHOLE = 2 ** 51;

/** The bytes are no message that this release reads. */
export class UnreadableMessageError extends Error {
  override readonly name = 'UnreadableMessageError';
}
