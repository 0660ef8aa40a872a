import { Refusal } from './Refusal.js';

/** faults.md: bytes, before they are compressed. */
const MAX_BYTES = 2 * 1_024 * 1_024;

export function isTooLarge(body: string): boolean {
  // A character is a byte or more, and three at most: to count them takes longer than to compare.
  if (body.length > MAX_BYTES) return true;
  return body.length * 3 > MAX_BYTES && Buffer.byteLength(body) > MAX_BYTES;
}

export function refuseResult(body: string): Refusal {
  const bytes = Buffer.byteLength(body);
  return new Refusal(
    `Expected an answer of at most ${MAX_BYTES} bytes, got one of ${bytes}: ask for fewer rows with \`first\`, or for fewer fields of them.`,
    { status: 400, code: 'RESULT_TOO_LARGE', details: { bytes, limit: MAX_BYTES } },
  );
}
