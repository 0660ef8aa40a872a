import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { toHex } from '../schema/lib/hex.js';
import { toIso } from '../schema/lib/timestamps.js';

/** Chain amounts pass 2^53, so every number that may grow travels as text. */
export const BigIntScalar = new GraphQLScalarType<string, string>({
  name: 'BigInt',
  description: 'A whole number of any size, as a decimal string: "1000000000000000000".',
  serialize: toDecimal,
  parseValue: toDecimal,
  parseLiteral: (node) => toDecimal(toText(node, [Kind.INT, Kind.STRING])),
});

export const BigDecimalScalar = new GraphQLScalarType<string, string>({
  name: 'BigDecimal',
  description: 'A number of any size with digits after the point, as a decimal string: "0.953125".',
  serialize: toFraction,
  parseValue: parseFraction,
  parseLiteral: (node) => parseFraction(toText(node, [Kind.INT, Kind.FLOAT, Kind.STRING])),
});

export const BytesScalar = new GraphQLScalarType<string, string>({
  name: 'Bytes',
  description: 'An address, a hash or other bytes in hexadecimal: "0x" and an even number of lower-case digits.',
  serialize: (value) => (value instanceof Uint8Array ? toHex(value) : String(value).toLowerCase()),
  parseValue: parseBytes,
  parseLiteral: (node) => parseBytes(toText(node, [Kind.STRING])),
});

export const TimestampScalar = new GraphQLScalarType<Date, string>({
  name: 'Timestamp',
  description: 'A moment in UTC, ISO 8601 with milliseconds: "2026-01-31T12:00:00.000Z".',
  serialize: (value) => {
    if (value instanceof Date) return toIso(value);
    throw new GraphQLError(`Expected a Date, got ${describe(value)}.`);
  },
  parseValue: parseTimestamp,
  parseLiteral: (node) => parseTimestamp(toText(node, [Kind.STRING])),
});

export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value, as it is stored.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});

function toDecimal(value: unknown): string {
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value).toString();
  throw new GraphQLError(`Expected a whole number such as "42", got ${describe(value)}.`);
}

/** Digits stay as they are: no number of JavaScript stands between them and the reader. */
function toFraction(value: unknown): string {
  const text = typeof value === 'number' && Number.isFinite(value) ? toPlainDigits(value) : value;
  if (typeof text === 'string' && /^-?\d+(\.\d+)?$/.test(text)) return text;
  throw new GraphQLError(`Expected a decimal number such as "1.5", got ${describe(value)}.`);
}

/** What is asked for has fewer digits than Postgres takes. */
function parseFraction(value: unknown): string {
  if (typeof value === 'string' && value.length > MAX_DIGITS) {
    throw new GraphQLError(`Expected a decimal number of at most ${MAX_DIGITS} digits, got ${describe(value)}.`);
  }
  return toFraction(value);
}

const MAX_DIGITS = 400;

/** JSON gives numbers as doubles; what Postgres takes has no exponent. */
function toPlainDigits(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) < 1 ? value.toFixed(20) : BigInt(value).toString();
}

function parseBytes(value: unknown): string {
  if (typeof value === 'string' && /^0x([0-9a-f]{2})*$/i.test(value)) return value.toLowerCase();
  throw new GraphQLError(`Expected bytes such as "0x00ff", got ${describe(value)}.`);
}

function parseTimestamp(value: unknown): Date {
  const date = new Date(typeof value === 'string' ? value : Number.NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw new GraphQLError(`Expected a time such as "2026-01-31T12:00:00.000Z", got ${describe(value)}.`);
}

function toText(node: ValueNode, kinds: readonly Kind[]): unknown {
  return kinds.includes(node.kind) && 'value' in node ? node.value : valueFromASTUntyped(node);
}

/** Input is quoted back shortened: an error must not be larger than what caused it. */
function describe(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
