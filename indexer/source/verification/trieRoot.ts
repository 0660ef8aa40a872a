import { assert } from '../../../schema/lib/assert.js';
import type { Hex } from '../../../schema/lib/hex.js';
import { keccak256, keccak256Hex } from './keccak256.js';
import { RlpWriter, Scratch, sizeOfBuffer, sizeOfPayload } from './RlpWriter.js';

/** A key as nibbles, with how to get its value: values are encoded one at a time, where their leaf is hashed. */
export interface TrieEntry {
  readonly nibbles: Uint8Array;
  readonly encode: () => Uint8Array;
}

/**
 * The root of the Merkle-Patricia trie (yellow paper, appendix D) of entries in ascending order of their keys, no two
 * the same. Sorted keys make every subtree a slice, so no node is ever stored: each is encoded, hashed and forgotten.
 */
export function trieRoot(entries: readonly TrieEntry[]): Hex {
  if (entries.length === 0) return EMPTY_ROOT;
  return keccak256Hex(encodeNode({ entries, from: 0, to: entries.length }, 0));
}

/** The root over a list: keys are the RLP of the indices. */
export function listRoot<T>(items: readonly T[], encode: (item: T) => Uint8Array): Hex {
  const entries = items.map((item, index) => ({ nibbles: toIndexNibbles(index), encode: () => encode(item) }));
  // As bytes, 0 is written 0x80: behind 1 to 0x7f and before all that takes a length in front.
  const [zero, ...others] = entries;
  return trieRoot(zero ? [...others.slice(0, 0x7f), zero, ...others.slice(0x7f)] : []);
}

/** Of a trie without entries: keccak of the RLP of no bytes. */
export const EMPTY_ROOT: Hex = '0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421';

interface Slice {
  readonly entries: readonly TrieEntry[];
  readonly from: number;
  readonly to: number;
}

/** The entries of the slice agree in their first `depth` nibbles. */
function encodeNode(slice: Slice, depth: number): Buffer {
  const first = entryAt(slice.entries, slice.from);
  if (slice.to - slice.from === 1) return encodeLeaf(toPath(first.nibbles.subarray(depth), LEAF), first.encode());
  const fork = findFork(first.nibbles, entryAt(slice.entries, slice.to - 1).nibbles, depth);
  const branch = encodeBranch(slice, fork);
  if (fork === depth) return branch;
  return encodeExtension(toPath(first.nibbles.subarray(depth, fork), EXTENSION), toReference(branch));
}

/** Sorted as they are, what the first and the last have in common all have. */
function findFork(first: Uint8Array, last: Uint8Array, depth: number): number {
  let fork = depth;
  while (fork < first.length && first[fork] === last[fork]) fork += 1;
  return fork;
}

function encodeLeaf(path: Uint8Array, value: Uint8Array): Buffer {
  const payload = sizeOfBuffer(path) + sizeOfBuffer(value);
  return new RlpWriter(sizeOfPayload(payload), scratch).list(payload).buffer(path).buffer(value).finish();
}

function encodeExtension(path: Uint8Array, reference: Uint8Array): Buffer {
  const payload = sizeOfBuffer(path) + sizeOfReference(reference);
  const writer = new RlpWriter(sizeOfPayload(payload), scratch).list(payload).buffer(path);
  return writeReference(writer, reference).finish();
}

function encodeBranch({ entries, from, to }: Slice, depth: number): Buffer {
  const first = entryAt(entries, from);
  const endsHere = first.nibbles.length === depth;
  let next = endsHere ? from + 1 : from;
  const children: Uint8Array[] = [];
  for (let nibble = 0; nibble < 16; nibble += 1) {
    const start = next;
    while (next < to && entries[next]?.nibbles[depth] === nibble) next += 1;
    children.push(start === next ? NO_CHILD : toReference(encodeNode({ entries, from: start, to: next }, depth + 1)));
  }
  assert(next === to, 'the entries of a trie are sorted by key and no two are the same');
  // Encoded last: whoever encodes may do so in one place again and again.
  const value = endsHere ? first.encode() : NOTHING;
  const payload = children.reduce((size, child) => size + sizeOfReference(child), sizeOfBuffer(value));
  const writer = new RlpWriter(sizeOfPayload(payload), scratch).list(payload);
  for (const child of children) writeReference(writer, child);
  return writer.buffer(value).finish();
}

const NOTHING = new Uint8Array();
const NO_CHILD = Uint8Array.of(0x80);

/** How a node stands in its parent: itself while that is shorter than a hash, else its hash. */
function toReference(node: Buffer): Uint8Array {
  return node.length < HASH_BYTES ? Uint8Array.from(node) : keccak256(node);
}

const HASH_BYTES = 32;

/** A node is RLP already, a hash is not. */
function sizeOfReference(reference: Uint8Array): number {
  return reference.length === HASH_BYTES ? HASH_BYTES + 1 : reference.length;
}

function writeReference(writer: RlpWriter, reference: Uint8Array): RlpWriter {
  return reference.length === HASH_BYTES ? writer.buffer(reference) : writer.raw(reference);
}

/** A node is hashed, or copied where it is short, before the next one is written. */
const scratch = new Scratch();

const EXTENSION = 0x00;
const LEAF = 0x20;

/** Nibbles as bytes: the kind of node and, where their number is odd, the first nibble stand in front. */
function toPath(nibbles: Uint8Array, kind: number): Uint8Array {
  const odd = nibbles.length % 2;
  const path = new Uint8Array((nibbles.length - odd) / 2 + 1);
  path[0] = odd ? kind + 0x10 + (nibbles[0] ?? 0) : kind;
  for (let at = odd; at < nibbles.length; at += 2) {
    path[(at - odd) / 2 + 1] = ((nibbles[at] ?? 0) << 4) + (nibbles[at + 1] ?? 0);
  }
  return path;
}

export function toNibbles(bytes: Uint8Array): Uint8Array {
  const nibbles = new Uint8Array(bytes.length * 2);
  for (const [at, byte] of bytes.entries()) {
    nibbles[2 * at] = byte >> 4;
    nibbles[2 * at + 1] = byte & 15;
  }
  return nibbles;
}

function toIndexNibbles(index: number): Uint8Array {
  if (index === 0) return Uint8Array.of(8, 0);
  if (index < 0x80) return Uint8Array.of(index >> 4, index & 15);
  const hex = index.toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return toNibbles(Buffer.from(`${(0x80 + even.length / 2).toString(16)}${even}`, 'hex'));
}

function entryAt(entries: readonly TrieEntry[], at: number): TrieEntry {
  const entry = entries[at];
  assert(entry, 'a slice of a trie has entries');
  return entry;
}
