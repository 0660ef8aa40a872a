/** What parsers of strangers' JSON need: nothing of it is trusted to be of any type, size or sign. */

/** An answer, or all of its entries, that make no sense. The message holds nothing of it. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list that is the answer itself, or a field of it. Throws AnswerError. */
export function getList(answer: unknown, field?: string): readonly unknown[] {
  const found = field === undefined ? answer : isObject(answer) ? answer[field] : undefined;
  if (Array.isArray(found)) return found;
  throw new AnswerError(`Expected a list${field === undefined ? '' : ` of ${field}`}, got ${toKind(found)}.`);
}

/** A number of whole units, exact: a JSON number beyond 2^53 has lost digits. At most 256 bits, as any amount on chain. */
export function findWhole(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : undefined;
  if (typeof value !== 'string' || !/^\d{1,78}$/.test(value)) return undefined;
  const whole = BigInt(value);
  return whole <= MAX_UINT256 ? whole : undefined;
}

/** In lower case, as native ids are. */
export function findAddress(value: unknown): string | undefined {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value) ? value.toLowerCase() : undefined;
}

/** A word or a few that name a model, an instance, a GPU: no markup, no controls, no other direction of writing. */
export function findName(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z0-9][\w .:/@+()-]{0,127}$/.test(value) ? value : undefined;
}

/**
 * A decimal number as so many units of 10^-decimals, rounded half up; undefined below zero and beyond 256 bits. A JSON
 * number is taken as the shortest text that means it, which is what the source wrote but for its last digit.
 */
export function findDecimal(value: unknown, decimals: number): bigint | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  const parts = typeof text === 'string' && text.length <= 100 ? DECIMAL.exec(text) : null;
  if (!parts) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = parts;
  const shift = Number(exponent) - fraction.length + decimals;
  if (Math.abs(shift) > 200) return undefined;
  const digits = BigInt(whole + fraction);
  const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : divideRounded(digits, 10n ** BigInt(-shift));
  return scaled <= MAX_UINT256 ? scaled : undefined;
}

/** Rounded half up; neither may be below zero. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

export const MAX_UINT256 = 2n ** 256n - 1n;
const DECIMAL = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

function toKind(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
