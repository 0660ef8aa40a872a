import { coerceInputValue, type GraphQLArgument, type GraphQLField, getNamedType, isLeafType } from 'graphql';
import { UserError } from '../../../schema/lib/errors.js';
import { ExportError } from './ExportError.js';

export type Format = (typeof formats)[number];
export const formats = ['csv', 'ndjson', 'parquet'] as const;

/** The last part of the path: `jobs.csv`, and after `metric/` `jobs.success.csv`. */
export interface FileName {
  readonly noun: string;
  readonly format: Format;
}

/** Shorter than what HTTP servers and proxies take. */
export const MAX_URL = 8_000;

export type Parameters = Readonly<Record<string, string>>;

export function parseFileName(text: string): FileName {
  const [, noun, extension] = /^(.+)\.([^.]*)$/.exec(text) ?? [];
  const format = formats.find((each) => each === extension);
  if (noun && format) return { noun, format };
  throw new ExportError(
    400,
    'UNKNOWN_FORMAT',
    `Expected a file that ends with .${formats.join(', .')}, got ${show(text)}.`,
  );
}

/** Each at most once, and none but these. */
export function readParameters(query: unknown, allowed: readonly string[]): Parameters {
  for (const [name, value] of Object.entries(query as Readonly<Record<string, unknown>>)) {
    if (!allowed.includes(name)) {
      throw new ExportError(
        400,
        'UNKNOWN_PARAMETER',
        `Expected parameters among ${allowed.join(', ')}, got ${show(name)}.`,
      );
    }
    if (typeof value !== 'string') refuse(`Expected ${name} once, got it several times.`);
  }
  return query as Parameters;
}

/** Values of arguments as GraphQL takes them for the same field: a filter is JSON, all else is text. Absent ones have their defaults. */
export function readArguments(
  field: GraphQLField<unknown, unknown>,
  parameters: Parameters,
  names: readonly string[],
): Readonly<Record<string, unknown>> {
  const entries = names.flatMap((name) => {
    const arg = field.args.find((each) => each.name === name);
    if (!arg) return [];
    const text = parameters[name];
    return [[name, text === undefined || text === '' ? arg.defaultValue : readArgument(arg, text)] as const];
  });
  return Object.fromEntries(entries);
}

function readArgument({ name, type }: GraphQLArgument, text: string): unknown {
  const value = isLeafType(getNamedType(type)) ? text : parseJson(name, text);
  return coerceInputValue(value, type, (path, _, { message }) => {
    const where = [name, ...path].join('.');
    refuse(`Expected ${where} to fit the schema, got: ${message}`);
  });
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(`Expected ${name} to be JSON, as variables of a query are, got ${show(text)}.`);
  }
}

/** Undefined: nothing is said. */
export function readCount(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,10}$/.test(text) && Number(text) > 0) return Number(text);
  return refuse(`Expected ${name} to be a whole number from 1 to 9999999999, got ${show(text)}.`);
}

export function readChoice<Choice extends string>(
  name: string,
  text: string | undefined,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  if (text === undefined || text === '') return choices[0];
  const choice = choices.find((each) => each === text);
  return choice ?? refuse(`Expected ${name} to be one of ${choices.join(', ')}, got ${show(text)}.`);
}

export function refuse(message: string): never {
  throw new UserError(message);
}

/** Input is quoted back shortened, and never as it stands. */
export function show(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}

const MAX_SHOWN = 80;
