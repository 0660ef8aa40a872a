import { describeValue } from '../../../schema/heartbeat/describeValue.js';
import type { Hex } from '../../../schema/lib/hex.js';
import type { Refusal } from './Answer.js';
import { isPrintable } from './isPrintable.js';
import { MAX_SCOPE } from './limits.js';

/** How one field of a request is read. */
export interface Field<T> {
  readonly expected: string;
  /** Undefined: it is not what was expected. */
  parse(value: unknown): T | undefined;
  readonly optional?: true;
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type Values<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer T>
    ? F[Name]['optional'] extends true
      ? T | undefined
      : T
    : never;
};

/** A JSON object with these fields and no others: one that is misspelt would be lost without a word. */
export function readFields<F extends Fields>(value: unknown, fields: F, where = 'the body'): Values<F> | Refusal {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return malformed(`a JSON object in ${where}`, describeValue(value));
  }
  const record = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(record).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) {
    return malformed(`only ${Object.keys(fields).join(', ')} in ${where}`, describeValue(unknown));
  }
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const given = Object.hasOwn(record, name) ? record[name] : undefined;
    if (given === undefined && field.optional) continue;
    const parsed = field.parse(given);
    if (parsed === undefined) return malformed(`${name} in ${where} as ${field.expected}`, describeValue(given));
    values[name] = parsed;
  }
  return values as Values<F>;
}

/** Undefined where it is no JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

export function malformed(expected: string, got: string): Refusal {
  return { code: 'MALFORMED', message: `Expected ${expected}, got ${got}: correct the request.`, suspect: true };
}

export const text: Field<string> = {
  expected: 'a text of 1 to 100 printable characters',
  parse: (value) => (isText(value, 100) ? value : undefined),
};

/** Of one beat. */
export const bodyText: Field<string> = {
  expected: 'the text of one beat in JSON',
  parse: (value) => (typeof value === 'string' && value.length > 0 ? value : undefined),
};

/** In lower case, whatever case it came in: checksums of addresses are for people. */
export const address: Field<Hex> = bytes(20);

export function bytes(length: number): Field<Hex> {
  const pattern = new RegExp(`^0x[0-9a-f]{${length * 2}}$`, 'i');
  return {
    expected: `${length} bytes as 0x and ${length * 2} digits`,
    parse: (value) => (typeof value === 'string' && pattern.test(value) ? (value.toLowerCase() as Hex) : undefined),
  };
}

/** Its length is looked at with the signature itself. */
export const signature: Field<Hex> = {
  expected: 'bytes as 0x and digits',
  parse: (value) =>
    typeof value === 'string' && value.length <= MAX_SIGNATURE_DIGITS && /^0x[0-9a-f]*$/i.test(value)
      ? (value.toLowerCase() as Hex)
      : undefined,
};

/** Of contract wallets, which may put several owners' into one. */
const MAX_SIGNATURE_DIGITS = 8_192;

export const seconds: Field<number> = whole(0, 253_402_300_799, 'unix seconds');

export function whole(from: number, to: number, what = 'a whole number'): Field<number> {
  return {
    expected: `${what} from ${from} to ${to}`,
    parse: (value) =>
      Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to ? Number(value) : undefined,
  };
}

export const yesOrNo: Field<boolean> = {
  expected: 'true or false',
  parse: (value) => (typeof value === 'boolean' ? value : undefined),
};

export const object: Field<Readonly<Record<string, unknown>>> = {
  expected: 'an object',
  parse: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined,
};

/** Public ids, each once. */
export const scope: Field<readonly string[]> = {
  expected: `1 to ${MAX_SCOPE} ids of nodes in printable characters, each once`,
  parse(value) {
    if (!Array.isArray(value) || value.length === 0 || value.length > MAX_SCOPE) return undefined;
    const ids = value.filter((id): id is string => isText(id, 300));
    return ids.length === value.length && new Set(ids).size === ids.length ? ids : undefined;
  },
};

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longest && isPrintable(value);
}

export function optional<T>(field: Field<T>): Field<T> & { readonly optional: true } {
  return { ...field, optional: true };
}
