import type { Hex } from '../../../schema/lib/hex.js';
import { keccak256 } from './keccak256.js';
import { type CompiledFilter, compileFilter, type LogEntries, type LogFilter } from './logFilter.js';

/** 2048 bits: of each address and each topic three are set (yellow paper, 4.3.1). No false negatives, ever. */
export type Bloom = Uint8Array;

export function logsBloom(logs: Iterable<LogEntries>): Buffer {
  const bloom = Buffer.alloc(BLOOM_BYTES);
  for (const log of logs) {
    add(bloom, toFrequentBits(log.address));
    for (const [position, topic] of log.topics.entries()) add(bloom, toTopicBits(topic, position));
  }
  return bloom;
}

/** `false` proves that no log of the filter is in the block whose bloom this is. */
export function bloomMayContain(bloom: Bloom, filter: LogFilter): boolean {
  const compiled = compileFilter(filter);
  return mayContain(bloom, compiled) || (compiled.also !== undefined && mayContain(bloom, compiled.also));
}

/** Of the filter alone, without what is wanted besides. */
export function mayContain(bloom: Bloom, { addresses, topics }: CompiledFilter): boolean {
  if (addresses.size > 0 && !hitsAny(bloom, addresses)) return false;
  // Every log has an address, so that a bloom without bits is that of no logs.
  if (addresses.size === 0 && bloom.every((byte) => byte === 0)) return false;
  return topics.every((alternatives) => alternatives.size === 0 || hitsAny(bloom, alternatives));
}

/** `false` proves that the log is not in the block whose bloom this is. */
export function matchesBloom(bloom: Bloom, { address, topics }: LogEntries): boolean {
  if (!has(bloom, toFrequentBits(address))) return false;
  let position = 0;
  for (const topic of topics) {
    if (!has(bloom, toTopicBits(topic, position))) return false;
    position += 1;
  }
  return true;
}

/** The entries, addresses or topics, that the bloom may contain. */
export function listHits(bloom: Bloom, entries: Iterable<Hex>): readonly Hex[] {
  return [...entries].filter((entry) => has(bloom, toFrequentBits(entry)));
}

/** Unites blooms: the block's is that of all its receipts. */
export function addBloom(target: Bloom, other: Bloom): void {
  for (let at = 0; at < BLOOM_BYTES; at += 1) target[at] = (target[at] ?? 0) | (other[at] ?? 0);
}

const BLOOM_BYTES = 256;

/** Three bit numbers of eleven bits each; bit 0 is the last of the last byte. */
type Bits = readonly [number, number, number];

function hitsAny(bloom: Bloom, entries: Iterable<Hex>): boolean {
  for (const entry of entries) if (has(bloom, toFrequentBits(entry))) return true;
  return false;
}

function has(bloom: Bloom, bits: Bits): boolean {
  return hasBit(bloom, bits[0]) && hasBit(bloom, bits[1]) && hasBit(bloom, bits[2]);
}

function hasBit(bloom: Bloom, bit: number): boolean {
  return ((bloom[255 - (bit >> 3)] ?? 0) & (1 << (bit & 7))) !== 0;
}

function add(bloom: Bloom, bits: Bits): void {
  for (const bit of bits) {
    const at = 255 - (bit >> 3);
    bloom[at] = (bloom[at] ?? 0) | (1 << (bit & 7));
  }
}

/** The same few contracts and events come again and again; arguments in later topics hardly do. */
function toTopicBits(topic: Hex, position: number): Bits {
  return position === 0 ? toFrequentBits(topic) : toBits(topic);
}

const MAX_REMEMBERED = 20_000;
const remembered = new Map<Hex, Bits>();

function toFrequentBits(entry: Hex): Bits {
  const found = remembered.get(entry);
  if (found) return found;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const bits = toBits(entry);
  remembered.set(entry, bits);
  return bits;
}

function toBits(entry: Hex): Bits {
  const bytes = entry.length === 42 ? addressBytes : topicBytes;
  bytes.write(entry.slice(2), 0, 'hex');
  const hash = keccak256(bytes);
  return [readBit(hash, 0), readBit(hash, 2), readBit(hash, 4)];
}

function readBit(hash: Uint8Array, at: number): number {
  return (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 2047;
}

/** Decoded in place, for bloom after bloom has many of them. */
const addressBytes = Buffer.alloc(20);
const topicBytes = Buffer.alloc(32);
