import type { RpcAnswer, RpcCall } from '../source/rpc/Transport.js';

/**
 * Multicall3's `aggregate3` taken apart and put together again: which reads share a call depends on how a range was cut,
 * so a tape keeps each of them alone. Words of 32 bytes; offsets count from the start of what holds them (Solidity ABI
 * specification, "Use of Dynamic Types").
 */
export interface InnerCall {
  readonly to: string;
  readonly data: string;
}

export interface InnerAnswer {
  readonly success: boolean;
  readonly data: string;
}

/** Same address on hundreds of chains (mds1/multicall3, README). */
const MULTICALL = '0xca11bde05977b3631167028862be2a173976ca11';
/** First bytes of keccak256('aggregate3((address,bool,bytes)[])'). */
const AGGREGATE = '0x82ad56cb';

/** Undefined where the call is none of them. */
export function parseMulticall({ method, params }: RpcCall): readonly InnerCall[] | undefined {
  if (method !== 'eth_call') return undefined;
  const { to, data, input } = (params[0] ?? {}) as Readonly<Record<string, string | undefined>>;
  const calldata = (data ?? input ?? '').toLowerCase();
  if (to?.toLowerCase() !== MULTICALL || !calldata.startsWith(AGGREGATE)) return undefined;
  return parseTuples(calldata.slice(AGGREGATE.length), 3)?.map(({ words, bytes }) => ({
    to: `0x${words[0]?.slice(24)}`,
    data: `0x${bytes}`,
  }));
}

/** Undefined where this is no answer to `aggregate3`. */
export function parseMulticallAnswer(answer: RpcAnswer): readonly InnerAnswer[] | undefined {
  if (answer.kind !== 'result' || typeof answer.value !== 'string') return undefined;
  return parseTuples(answer.value.slice(2).toLowerCase(), 2)?.map(({ words, bytes }) => ({
    success: BigInt(`0x${words[0]}`) !== 0n,
    data: `0x${bytes}`,
  }));
}

export function encodeMulticallAnswer(answers: readonly InnerAnswer[]): string {
  const tuples = answers.map(({ success, data }) => {
    const bytes = data.slice(2);
    const padded = bytes.padEnd(Math.ceil(bytes.length / 64) * 64, '0');
    return toWord(success ? 1 : 0) + toWord(64) + toWord(bytes.length / 2) + padded;
  });
  let offset = answers.length * 32;
  const offsets = tuples.map((tuple) => {
    const own = offset;
    offset += tuple.length / 2;
    return toWord(own);
  });
  return `0x${toWord(32)}${toWord(answers.length)}${offsets.join('')}${tuples.join('')}`;
}

interface Tuple {
  readonly words: readonly string[];
  readonly bytes: string;
}

/** An array of tuples whose last member is `bytes`; undefined where the text is too short for what it says. */
function parseTuples(text: string, members: number): readonly Tuple[] | undefined {
  const list = toNumber(text, 0) * 2;
  const count = toNumber(text, list);
  const start = list + 64;
  if (!(count * 64 <= text.length - start)) return undefined;
  const tuples: Tuple[] = [];
  for (let index = 0; index < count; index += 1) {
    const tuple = start + toNumber(text, start + index * 64) * 2;
    const bytesAt = tuple + toNumber(text, tuple + (members - 1) * 64) * 2;
    const length = toNumber(text, bytesAt) * 2;
    const bytes = text.slice(bytesAt + 64, bytesAt + 64 + length);
    if (Number.isNaN(length) || bytes.length !== length) return undefined;
    const words = Array.from({ length: members }, (_, at) => text.slice(tuple + at * 64, tuple + at * 64 + 64));
    tuples.push({ words, bytes });
  }
  return tuples;
}

/** Of the word at this digit; NaN where there is none, or one that no offset can be. */
function toNumber(text: string, at: number): number {
  const word = text.slice(at, at + 64);
  if (word.length !== 64) return Number.NaN;
  const value = Number.parseInt(word, 16);
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

function toWord(value: number): string {
  return value.toString(16).padStart(64, '0');
}
