const opening = '"result":"0x';
const quote = '"'.charCodeAt(0);
/** The result begins within the first few dozen characters; what is longer without it is something else. */
const longestOpening = 1000;

/**
 * The bytes of a JSON-RPC answer whose result is hex, decoded piece by piece: at no time is more of it in memory than
 * the piece that came last.
 */
export async function* decodeHexResult(answer: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let head = '';
  let isOpen = false;
  // A piece may end in the middle of a byte.
  let half = '';
  for await (const chunk of answer) {
    let piece = chunk;
    if (!isOpen) {
      head += chunk.toString('latin1');
      const at = head.indexOf(opening);
      if (at < 0 && head.length > longestOpening) break;
      if (at < 0) continue;
      isOpen = true;
      piece = Buffer.from(head.slice(at + opening.length), 'latin1');
    }
    const end = piece.indexOf(quote);
    const digits = half + piece.toString('latin1', 0, end < 0 ? piece.length : end);
    const even = digits.length - (digits.length % 2);
    const bytes = Buffer.from(digits.slice(0, even), 'hex');
    half = digits.slice(even);
    // Node stops decoding at the first character that is no hex digit.
    if (bytes.length * 2 !== even || (end >= 0 && half)) throw new Error('anvil gave a result that is no hex');
    if (bytes.length > 0) yield bytes;
    if (end >= 0) return;
  }
  throw new Error(isOpen ? 'the answer of anvil was cut off' : `anvil answered ${head.slice(0, 200)}`);
}
