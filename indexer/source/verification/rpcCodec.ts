import { RetryableError } from '../../../schema/lib/errors.js';
import type { Hex } from '../../../schema/lib/hex.js';

/** The endpoint answered with what no honest node answers; another endpoint may do better. */
export class MalformedAnswer extends RetryableError {}

/** A quantity: `0x` and digits without leading zeros, at most `maxBytes` wide. Comes back in lower case. */
export function parseQuantity(value: unknown, field: string, maxBytes = 32): Hex {
  if (typeof value !== 'string' || !quantityForm.test(value))
    throw malformed(field, 'a quantity in hex without leading zeros, such as 0x1b4', value);
  if (value.length - 2 > maxBytes * 2) throw malformed(field, `a quantity of at most ${maxBytes} bytes`, value);
  return value.toLowerCase() as Hex;
}

/** A quantity that is a number here: a height, an index, a time in seconds. */
export function parseNumber(value: unknown, field: string): number {
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
const lowerHexForm = /^0x[0-9a-f]*$/;
const hexForm = /^0x[0-9a-f]*$/i;

function parseHex(value: unknown, field: string): Hex {
  if (typeof value !== 'string' || value.length % 2 === 1) throw malformed(field, 'whole bytes in hex', value);
  if (lowerHexForm.test(value)) return value as Hex;
  if (hexForm.test(value)) return value.toLowerCase() as Hex;
  throw malformed(field, 'bytes in hex', value);
}

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
