import { RetryableError } from '../../../schema/lib/errors.js';
import type { Hex } from '../../../schema/lib/hex.js';

/** The endpoint answered with what no honest node answers; another endpoint may do better. */
export class MalformedAnswer extends RetryableError {
  /** Says of which part of the answer the words are: long lists spare the names of entries that are in order. */
  within(place: string): MalformedAnswer {
    return new MalformedAnswer(`${place}.${this.message}`);
  }
}

/** Maps a list whose entries are parsed without their names. */
export function parseEach<T>(list: readonly unknown[], name: string, parse: (entry: unknown) => T): T[] {
  const parsed: T[] = [];
  for (const entry of list) {
    try {
      parsed.push(parse(entry));
    } catch (thrown) {
      throw thrown instanceof MalformedAnswer ? thrown.within(`${name}[${parsed.length}]`) : thrown;
    }
  }
  return parsed;
}

/** A quantity: `0x` and digits without leading zeros, at most `maxBytes` wide. Comes back in lower case. */
export function parseQuantity(value: unknown, field: string, maxBytes = 32): Hex {
  if (typeof value !== 'string' || !quantityForm.test(value))
    throw malformed(field, 'a quantity in hex without leading zeros, such as 0x1b4', value);
  if (value.length - 2 > maxBytes * 2) throw malformed(field, `a quantity of at most ${maxBytes} bytes`, value);
  return value.toLowerCase() as Hex;
}

/** A quantity that is a number here: a height, an index, a time in seconds. */
export function parseNumber(value: unknown, field: string): number {
  const short = readShortNumber(value);
  if (short >= 0) return short;
  const number = Number(parseQuantity(value, field));
  if (!Number.isSafeInteger(number)) throw malformed(field, 'a quantity of at most 2^53 - 1', value);
  return number;
}

/** Exactly `bytes` bytes, in lower case. */
export function parseData(value: unknown, field: string, bytes: number): Hex {
  const hex = parseHex(value, field);
  if (hex.length !== 2 + bytes * 2) throw malformed(field, `${bytes} bytes in hex`, value);
  return hex;
}

/** Any number of bytes up to `maxBytes`, in lower case. */
export function parseBytes(value: unknown, field: string, maxBytes: number): Hex {
  const hex = parseHex(value, field);
  if (hex.length - 2 > maxBytes * 2) throw malformed(field, `at most ${maxBytes} bytes in hex`, value);
  return hex;
}

export function parseHash(value: unknown, field: string): Hex {
  return parseData(value, field, 32);
}

export function parseAddress(value: unknown, field: string): Hex {
  return parseData(value, field, 20);
}

export function parseList(value: unknown, field: string, maxLength: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > maxLength)
    throw malformed(field, `a list of at most ${maxLength} entries`, value);
  return value;
}

export function parseObject(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(field, 'an object', value);
  return value as Readonly<Record<string, unknown>>;
}

/** Optional fields come absent from one node and as null from the next. */
export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

const quantityForm = /^0x(?:0|[1-9a-f][0-9a-f]*)$/i;
const hexForm = /^0x[0-9a-f]*$/i;

/** Quantities of up to 48 bits in lower case, which nearly all are, without a regular expression; else -1. */
function readShortNumber(value: unknown): number {
  if (typeof value !== 'string' || value.length < 3 || value.length > 14) return -1;
  if (value.charCodeAt(0) !== 0x30 || value.charCodeAt(1) !== 0x78) return -1;
  let number = 0;
  for (let at = 2; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    const digit = code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
    if (digit < 0) return -1;
    number = number * 16 + digit;
  }
  return number === 0 || value.charCodeAt(2) === 0x30 ? (value === '0x0' ? 0 : -1) : number;
}

function parseHex(value: unknown, field: string): Hex {
  if (typeof value !== 'string' || value.length % 2 === 1) throw malformed(field, 'whole bytes in hex', value);
  if (!isHex(value)) throw malformed(field, 'bytes in hex', value);
  // Where nothing is in upper case this is the same string, and no copy.
  return value.toLowerCase() as Hex;
}

/**
 * Whole bytes behind `0x`. Decoding stops at the first character that is no digit, and takes a fraction of the time that
 * a regular expression needs to look at them all.
 */
function isHex(value: string): boolean {
  const bytes = value.length / 2 - 1;
  if (bytes > scratch.length) return hexForm.test(value);
  if (value.charCodeAt(0) !== 0x30 || value.charCodeAt(1) !== 0x78) return false;
  return scratch.write(value.slice(2), 0, 'hex') === bytes;
}

const scratch = Buffer.allocUnsafeSlow(65_536);

function malformed(field: string, expected: string, value: unknown): MalformedAnswer {
  return new MalformedAnswer(`${field}: expected ${expected}, got ${describeValue(value)}.`);
}

const SHOWN_CHARACTERS = 40;

function describeValue(value: unknown): string {
  if (isAbsent(value)) return value === null ? 'null' : 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return `${typeof value} ${String(value)}`;
  const length = value.length > SHOWN_CHARACTERS ? ` (${value.length} characters)` : '';
  return `"${value.slice(0, SHOWN_CHARACTERS)}"${length}`;
}
