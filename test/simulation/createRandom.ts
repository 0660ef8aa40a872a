import type { Hex } from '../../schema/lib/hex.js';

/** Chance that a seed repeats. Every component draws from a stream of its own, so that one more draw moves no other. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, the limit. */
  below(limit: number): number;
  /** A whole number; both ends included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T;
  hex(bytes: number): Hex;
}

/** xoshiro128** (Blackman and Vigna), its state filled by SplitMix32 from the seed and the stream's name. */
export function createRandom(seed: number, stream: string): Random {
  const fill = createSplitMix(seed, stream);
  let [a, b, c, d] = [fill(), fill(), fill(), fill()];
  const draw = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result >>> 0;
  };
  const next = () => draw() / 2 ** 32;
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    hex(bytes) {
      let digits = '';
      while (digits.length < bytes * 2) digits += draw().toString(16).padStart(8, '0');
      return `0x${digits.slice(0, bytes * 2)}`;
    },
  };
}

function createSplitMix(seed: number, stream: string): () => number {
  let state = seed | 0;
  for (let at = 0; at < stream.length; at += 1) state = Math.imul(state ^ stream.charCodeAt(at), 0x01000193);
  // A seed beyond 32 bits is another seed, too.
  state ^= Math.imul(Math.floor(seed / 2 ** 32), 0x85ebca6b);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
