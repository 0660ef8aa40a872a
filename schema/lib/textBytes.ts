import { isUtf8 } from 'node:buffer';

/**
 * Bytes that a contract calls a string as text, without a loss: a byte that is no UTF-8 becomes a lone surrogate from
 * U+DC80 on, and a BOM stays. (Node and viem put U+FFFD for the former, viem drops the latter: different names would
 * become one.) `toBytes` is the inverse.
 */
export function toText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const parts: string[] = [];
  let plainFrom = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = findCharacter(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    if (at > plainFrom) parts.push(bytes.toString('utf8', plainFrom, at));
    parts.push(String.fromCharCode(ESCAPE + (bytes[at] ?? 0)));
    plainFrom = ++at;
  }
  return parts.join('') + bytes.toString('utf8', plainFrom);
}

export function toBytes(text: string): Buffer {
  if (!LONE.test(text)) return Buffer.from(text, 'utf8');
  const parts = text.split(ESCAPED).map((part) => {
    const code = part.charCodeAt(0) - ESCAPE;
    return part.length === 1 && code >= 0x80 && code <= 0xff ? Buffer.from([code]) : Buffer.from(part, 'utf8');
  });
  return Buffer.concat(parts);
}

const ESCAPE = 0xdc00;
const LONE = /\p{Surrogate}/u;
/** With the flag u a surrogate of a pair is no match. */
const ESCAPED = /([\uDC80-\uDCFF])/u;

/** How many bytes the character there has; 0 where none begins. Unicode, table 3-7: well-formed byte sequences. */
function findCharacter(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const second = bytes[at + 1] ?? 0;
  if (second < (SECOND_FROM[first] ?? 0x80) || second > (SECOND_TO[first] ?? 0xbf)) return 0;
  for (let next = 2; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/** Without these bounds there would be two ways to write a character, surrogates, and characters that are none. */
const SECOND_FROM: Readonly<Record<number, number>> = { 224: 0xa0, 240: 0x90 };
const SECOND_TO: Readonly<Record<number, number>> = { 237: 0x9f, 244: 0x8f };
