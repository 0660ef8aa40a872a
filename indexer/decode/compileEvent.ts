import type { AbiEvent, AbiParameter } from 'viem';
import { decodeAbiParameters } from 'viem/utils';
import type { Hex } from '../../schema/lib/hex.js';
import { toText } from '../../schema/lib/textBytes.js';
import type { Arguments } from '../events/logs.js';

/** Reads one event's arguments out of a log. Throws what is wrong with data that does not fit. */
export type EventDecoder = (topics: readonly Hex[], data: Hex) => Arguments;

/** Characters of one 32-byte word in hex. */
const WORD = 64;

/**
 * Compiles an ABI event once into a function of its own, whose result always has the same shape: a log then costs some
 * slices and number conversions. viem's general decoder, which looks at the ABI for every log, takes more than ten times
 * as long. Addresses come out in lower case. Tuples and arrays are left to viem.
 */
export function compileEvent(event: AbiEvent): EventDecoder {
  const indexed = event.inputs.filter((input) => input.indexed);
  const plain = event.inputs.filter((input) => !input.indexed);
  const isWords = plain.every((input) => toWordSource(input.type, '') !== undefined || isBytes(input.type));
  const fields = [
    ...indexed.map((input, index) => toTopicField(input, toName(event, input), index)),
    ...(isWords ? plain.map((input, index) => toDataField(input, toName(event, input), index)) : []),
  ];
  const least = isWords ? plain.length * WORD : 0;
  // Names and types are those of a manifest's own ABI; names are quoted all the same.
  const compile = new Function(
    ...Object.keys(tools),
    `return (topics, data) => {
      ${indexed.map((_, index) => `checkTopic(topics[${index + 1}], ${index + 1});`).join('\n')}
      ${least > 0 ? `if (data.length < ${2 + least}) shortData(data, ${least / 2});` : ''}
      return { ${fields.join(', ')} };
    }`,
  );
  const read: EventDecoder = compile(...Object.values(tools));
  return isWords ? read : toViemDecoder(event, read, plain);
}

/** Source of one property. Strings, bytes, tuples and arrays are indexed by their hash: the hash is all there is. */
function toTopicField(input: AbiParameter, name: string, index: number): string {
  const topic = `topics[${index + 1}]`;
  return `${JSON.stringify(name)}: ${toWordSource(input.type, topic) ?? topic}`;
}

function toDataField(input: AbiParameter, name: string, index: number): string {
  const at = index * WORD;
  const read =
    toWordSource(input.type, 'data', at) ??
    `readBytes(data, toLength(data.slice(${at + 2}, ${at + 2 + WORD})), ${input.type === 'string'})`;
  return `${JSON.stringify(name)}: ${read}`;
}

/** Source that reads the word at an offset of hex behind its `0x`; undefined for types that do not fill one word. */
function toWordSource(type: string, hex: string, at = 0): string | undefined {
  const slice = (from: number, to: number) => `${hex}.slice(${at + 2 + from}, ${at + 2 + to})`;
  if (type === 'address') return `'0x' + ${slice(24, WORD)}`;
  if (type === 'bool') return `toBool(${slice(0, WORD)})`;
  if (/^uint\d*$/.test(type)) return `BigInt('0x' + ${slice(0, WORD)})`;
  if (/^int\d*$/.test(type)) return `BigInt.asIntN(256, BigInt('0x' + ${slice(0, WORD)}))`;
  const bytes = /^bytes(\d+)$/.exec(type);
  if (bytes) return `'0x' + ${slice(0, Number(bytes[1]) * 2)}`;
  return undefined;
}

/** For what is not read word by word, such as the tuples of iExec's orders. */
function toViemDecoder(event: AbiEvent, readTopics: EventDecoder, plain: readonly AbiParameter[]): EventDecoder {
  // viem loses what is no UTF-8 in a text; as bytes, which are encoded alike, it comes whole.
  const asBytes = plain.map(withBytes);
  return (topics, data) => {
    const values = decodeAbiParameters(asBytes, data);
    const args: Record<string, unknown> = { ...readTopics(topics, data) };
    for (const [index, input] of plain.entries()) args[toName(event, input)] = withTexts(input, values[index]);
    return args;
  };
}

function withBytes(input: AbiParameter): AbiParameter {
  const type = input.type.replace(/^string/, 'bytes');
  return 'components' in input ? { ...input, components: input.components.map(withBytes) } : { ...input, type };
}

/** A value of `withBytes` as one of the parameter itself. */
function withTexts(input: AbiParameter, value: unknown): unknown {
  if (Array.isArray(value) && input.type.endsWith(']')) {
    const one = { ...input, type: input.type.slice(0, input.type.lastIndexOf('[')) };
    return value.map((each) => withTexts(one, each));
  }
  if (input.type === 'string') return toText(Buffer.from(String(value).slice(2), 'hex'));
  if (!('components' in input) || typeof value !== 'object' || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  const named = input.components.map(({ name = '', ...rest }, at): [string, unknown] => {
    // As viem has it: a tuple is a list as soon as one of its parts has no name.
    const key = Array.isArray(value) ? String(at) : name;
    return [key, withTexts({ name, ...rest }, fields[key])];
  });
  return Array.isArray(value) ? named.map(([, each]) => each) : Object.fromEntries(named);
}

function isBytes(type: string): boolean {
  return type === 'string' || type === 'bytes';
}

function checkTopic(topic: Hex | undefined, position: number): void {
  if (topic?.length !== WORD + 2) throw new Error(`topic ${position} is not 32 bytes`);
}

function shortData(data: Hex, expected: number): never {
  throw new Error(`data of ${(data.length - 2) / 2} bytes, expected ${expected}`);
}

function toBool(word: string): boolean {
  const value = BigInt(`0x${word}`);
  if (value > 1n) throw new Error(`boolean ${value}`);
  return value === 1n;
}

/** An offset or a length, in bytes; whatever exceeds any log is refused before it is used. */
function toLength(word: string): number {
  const value = BigInt(`0x${word}`);
  if (value > MAX_BYTES) throw new Error(`offset or length ${value} lies outside of the data`);
  return Number(value);
}

const MAX_BYTES = 64n * 1024n * 1024n;

function readBytes(data: Hex, offset: number, isText: boolean): string {
  const start = 2 + offset * 2;
  if (data.length < start + WORD) throw new Error(`offset ${offset} lies outside of the data`);
  const length = toLength(data.slice(start, start + WORD));
  const end = start + WORD + length * 2;
  if (data.length < end) throw new Error(`length ${length} lies outside of the data`);
  const hex = data.slice(start + WORD, end);
  return isText ? toText(Buffer.from(hex, 'hex')) : `0x${hex}`;
}

/** Arguments without a name are numbered by their place in the event. */
function toName(event: AbiEvent, input: AbiParameter): string {
  return input.name || String(event.inputs.indexOf(input as AbiEvent['inputs'][number]));
}

/** What the compiled functions call. */
const tools = { checkTopic, shortData, toBool, toLength, readBytes };
