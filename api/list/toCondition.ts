import { UserError } from '../../schema/lib/errors.js';
import type { ListColumn } from './columns.js';
import type { Operator } from './operators.js';
import type { Parameters } from './Parameters.js';
import { assertText, parseId } from './parseId.js';
import { parsePlace, toPlaceCondition } from './place.js';

export interface Comparison {
  /** The filter as it was written, for what an error says. */
  readonly name: string;
  readonly column: ListColumn;
  readonly operator: Operator;
  readonly value: unknown;
}

/** SQL that holds where a row's value compares so. A value never becomes part of the text. */
export function toCondition(comparison: Comparison, parameters: Parameters): string {
  const { name, column, operator, value } = comparison;
  if (operator.takes === 'list') {
    if (!Array.isArray(value)) {
      throw new UserError(`Expected ${name} to be a list, got null: leave it out to take all.`);
    }
    return toListCondition(comparison, value, parameters);
  }
  if (value !== null) return toValueCondition(comparison, parameters);
  if (operator.suffix === '') return isNull(column);
  if (operator.suffix === '_not') return `not (${isNull(column)})`;
  throw new UserError(`Expected ${name} to be a value, got null: leave it out to take all.`);
}

/** What is never unknown is null nowhere; no column of an id by its place is. */
function isNull({ sql, nullable, place }: ListColumn): string {
  return nullable && !place ? `${sql} is null` : 'false';
}

function toListCondition({ column, operator }: Comparison, values: readonly unknown[], parameters: Parameters): string {
  const not = operator.suffix === '_not_in';
  const { place: columns } = column;
  if (columns) {
    const places = values.map((value) => parsePlace(value, columns)).filter((place) => place !== undefined);
    return toPlaceCondition(columns, not ? 'not in' : 'in', places, parameters);
  }
  const encoded = values.map((value) => toValue(column, value));
  const list = parameters.add(encoded, `${toType(column, encoded)}[]`);
  if (column.isAnyOf) return not ? `not ${column.isAnyOf(list)}` : column.isAnyOf(list);
  return not ? `${column.sql} <> all(${list})` : `${column.sql} = any(${list})`;
}

function toValueCondition({ name, column, operator, value }: Comparison, parameters: Parameters): string {
  const { suffix } = operator;
  const sign = signs[suffix];
  const { place: columns } = column;
  if (columns && sign) {
    const found = parsePlace(value, columns);
    if (suffix === '' || suffix === '_not') {
      return toPlaceCondition(columns, suffix === '' ? 'in' : 'not in', found ? [found] : [], parameters);
    }
    // Readers that page by id begin with an empty one, before all.
    if (value === '') return String(sign.startsWith('>'));
    return toPlaceCondition(columns, sign, [found ?? refusePlace(name, columns.length)], parameters);
  }
  if (sign === undefined) return toTextCondition({ name, column, operator, value }, parameters);
  const encoded = toValue(column, value);
  if (column.isAnyOf) {
    const isIt = column.isAnyOf(parameters.add([encoded], `${column.type}[]`));
    return suffix === '_not' ? `not ${isIt}` : isIt;
  }
  return `${column.sql} ${sign} ${parameters.add(encoded, toType(column, [encoded]))}`;
}

const signs: Readonly<Record<string, string>> = {
  '': '=',
  _not: '<>',
  _gt: '>',
  _gte: '>=',
  _lt: '<',
  _lte: '<=',
};

function refusePlace(name: string, parts: number): never {
  const example = ['1', '2', '3', '4'].slice(0, parts).join('-');
  throw new UserError(`Expected ${name} to be an id such as "${example}": numbers with - between them.`);
}

/** Part of a text: by a pattern in which what was given stands for itself. */
function toTextCondition({ column, operator, value }: Comparison, parameters: Parameters): string {
  const { suffix } = operator;
  const not = suffix.startsWith('_not') ? 'not ' : '';
  if (column.kind === 'bytes') return `${not}${toBytesCondition(column, String(value), parameters)}`;
  const text = escapePattern(column.kind === 'text' ? assertText(String(value)) : parseId(String(value)));
  const before = suffix.includes('starts_with') ? '' : '%';
  const after = suffix.includes('ends_with') ? '' : '%';
  const like = suffix.endsWith('_nocase') ? 'ilike' : 'like';
  return `${column.sql} ${not}${like} ${parameters.add(`${before}${text}${after}`, 'text')}`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}

/** Whole bytes alone: half of one and half of the next are no part. */
function toBytesCondition({ sql, type }: ListColumn, value: string, parameters: Parameters): string {
  const digits = value.slice(2);
  if (type === 'bytea') return `(position(${parameters.add(Buffer.from(digits, 'hex'), 'bytea')} in ${sql}) > 0)`;
  return `(${sql} ~ ${parameters.add(`^0x(..)*${digits}`, 'text')})`;
}

function toValue(column: ListColumn, value: unknown): unknown {
  switch (column.kind) {
    case 'id':
    case 'word':
      return parseId(String(value));
    case 'text':
      return assertText(String(value));
    case 'bytes':
      return column.type === 'bytea' ? Buffer.from(String(value).slice(2), 'hex') : String(value);
    default:
      return value;
  }
}

/** The column's own type, so that its index serves; a number that does not fit it is compared all the same. */
function toType({ kind, type }: ListColumn, values: readonly unknown[]): string {
  if (kind === 'int') return 'int4';
  if (type !== 'bigint' || values.every((value) => fits(String(value)))) return type;
  return 'numeric';
}

const LARGEST = 2n ** 63n;

function fits(value: string): boolean {
  const number = BigInt(value);
  return number < LARGEST && number >= -LARGEST;
}
