import { type AbiEvent, type AbiParameter, decodeAbiParameters } from 'viem';
import type { Hex } from '../../schema/lib/hex.js';
import type { Arguments } from '../events/logs.js';

/** Reads one event's arguments out of a log. Throws what is wrong with data that does not fit. */
export type EventDecoder = (topics: readonly Hex[], data: Hex) => Arguments;

type WordReader = (word: string) => unknown;

/** Characters of one 32-byte word in hex. */
const WORD = 64;

/**
 * Compiles an ABI event once into readers of its words, so that a log costs some slices and number conversions: viem's
 * general decoder, which looks at the ABI for every log, is more than ten times slower. Addresses come out in lower
 * case. Tuples and arrays are left to viem.
 */
export function compileEvent(event: AbiEvent): EventDecoder {
  const indexed = event.inputs.filter((input) => input.indexed).map(toTopicReader);
  const plain = compileData(event.inputs.filter((input) => !input.indexed));
  return (topics, data) => {
    const args: Record<string, unknown> = {};
    for (const [index, { name, read }] of indexed.entries()) {
      const topic = topics[index + 1];
      if (topic?.length !== WORD + 2) throw new Error(`topic ${index + 1} is not 32 bytes`);
      args[name] = read(topic.slice(2));
    }
    plain(data, args);
    return args;
  };
}

/** Strings, bytes, tuples and arrays are indexed by their hash: the hash is all there is. */
function toTopicReader(input: AbiParameter, index: number): { readonly name: string; readonly read: WordReader } {
  return { name: toName(input, index), read: toWordReader(input.type) ?? ((word) => `0x${word}`) };
}

type DataReader = (data: Hex, args: Record<string, unknown>) => void;

function compileData(inputs: readonly AbiParameter[]): DataReader {
  if (inputs.length === 0) return () => undefined;
  if (inputs.some((input) => toWordReader(input.type) === undefined && !isBytes(input.type)))
    return toViemReader(inputs);
  const readers = inputs.map((input, index) => {
    const at = 2 + index * WORD;
    const word = toWordReader(input.type);
    const read = word
      ? (data: Hex) => word(data.slice(at, at + WORD))
      : (data: Hex) => readBytes(data, toLength(data.slice(at, at + WORD)), input.type === 'string');
    return { name: toName(input, index), read };
  });
  const least = 2 + inputs.length * WORD;
  return (data, args) => {
    if (data.length < least) throw new Error(`data of ${(data.length - 2) / 2} bytes, expected ${inputs.length * 32}`);
    for (const { name, read } of readers) args[name] = read(data);
  };
}

/** For what is not read word by word, such as the tuples of iExec's orders. */
function toViemReader(inputs: readonly AbiParameter[]): DataReader {
  return (data, args) => {
    const values = decodeAbiParameters(inputs, data);
    for (const [index, input] of inputs.entries()) args[toName(input, index)] = values[index];
  };
}

/** Of the types that fill one word; undefined for the others. */
function toWordReader(type: string): WordReader | undefined {
  if (type === 'address') return (word) => `0x${word.slice(24)}`;
  if (type === 'bool') return (word) => toBool(word);
  if (/^uint\d*$/.test(type)) return (word) => BigInt(`0x${word}`);
  if (/^int\d*$/.test(type)) return (word) => BigInt.asIntN(256, BigInt(`0x${word}`));
  const bytes = /^bytes(\d+)$/.exec(type);
  if (bytes) return (word) => `0x${word.slice(0, Number(bytes[1]) * 2)}`;
  return undefined;
}

function isBytes(type: string): boolean {
  return type === 'string' || type === 'bytes';
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
  return isText ? Buffer.from(hex, 'hex').toString('utf8') : `0x${hex}`;
}

/** Arguments without a name are numbered, as in a plain tuple. */
function toName(input: AbiParameter, index: number): string {
  return input.name || String(index);
}
