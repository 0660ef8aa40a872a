/**
 * How a batch lies in a stream, version 1. Whole numbers are LEB128 in groups of seven bits, the lowest first; those that may
 * be below 0 are folded first (0, -1, 1, -2, … become 0, 1, 2, 3, …).
 *
 * batch: version (1 byte), delegationKey, counter, firstSlot, lastSlot - firstSlot, digest (16 bytes), observer, number of
 * beats, beats. beat: fields (1 byte, below), nodeKey less that of the beat before (folded), slot - firstSlot (folded),
 * digest (8 bytes), sentCs (folded), receivedCs (folded), then what `fields` names, in its order. hardware: parts (1 byte),
 * gpuCount, vramMb, number of code units of gpuModel and they, two bytes each: as given, even where they are no text.
 *
 * A message holds one batch, or a batch and then another one that bears the same counter.
 */
export const FORMAT_VERSION = 1;
export const BATCH_DIGEST_BYTES = 16;

export const beatFields = { late: 1, rttUs: 2, utilPermille: 4, memoryPermille: 8, jobs: 16, hardware: 32 } as const;
export const hardwareParts = { vramMb: 1, gpuModel: 2 } as const;

/** Numbers of this size and their folded form are exact; every column that holds them is smaller. */
export const MAX_WHOLE = 2 ** 51;

/** The bytes are no batch that this version reads. */
export class UnreadableBatchError extends Error {
  override readonly name = 'UnreadableBatchError';
}
