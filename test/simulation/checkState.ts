import type { Disk } from './createMemoryStore.js';
import type { Truth } from './createTruth.js';
import { type Block, findAt, type World } from './createWorld.js';

/** Invariant S: what is stored is what the chain up to the cursor says. Throws the first difference. */
export function checkState(disk: Disk, truth: Truth, world: World): void {
  const { cursor } = disk;
  const highest = Math.max(-1, ...disk.facts.keys(), ...disk.blocks.keys());
  if (!cursor) {
    if (highest >= 0) throw new Error(`There is no cursor, and facts at ${highest}.`);
    return;
  }
  if (highest > cursor.height) throw new Error(`The cursor stands at ${cursor.height}, facts go up to ${highest}.`);
  const tip = truth.getTip(cursor.hash, cursor.height);
  const contracts = listContracts(disk);
  for (let height = 0; height <= cursor.height; height += 1) {
    const block = findOn(tip, height);
    compare(block, toStored(disk, contracts, height), truth.listFacts(block));
    const stored = disk.blocks.get(height);
    if (stored && stored.hash !== block.hash) throw new Error(`Block ${height} is stored as ${stored.hash}.`);
  }
  checkVerified(disk, world.startHeight, cursor.height);
}

/** Paths are walked once for every tip. */
const paths = new WeakMap<Block, readonly Block[]>();

function findOn(tip: Block, height: number): Block {
  let path = paths.get(tip);
  if (!path) {
    const made: Block[] = [];
    for (let block: Block | undefined = tip; block; block = block.parent) made[block.height] = block;
    path = made;
    paths.set(tip, path);
  }
  const block = path[height] ?? findAt(tip, height);
  if (!block) throw new Error(`There is no block ${height} below ${tip.height}.`);
  return block;
}

function listContracts(disk: Disk): ReadonlyMap<number, readonly string[]> {
  const lines = new Map<number, string[]>();
  for (const { address, role, height, logIndex } of disk.contracts.values()) {
    const line = `contract ${address} ${role} ${height}/${logIndex}`;
    lines.set(height, [...(lines.get(height) ?? []), line]);
  }
  return lines;
}

function toStored(disk: Disk, contracts: ReadonlyMap<number, readonly string[]>, height: number): readonly string[] {
  const facts = disk.facts.get(height);
  const opened = contracts.get(height);
  if (!facts && !opened) return NOTHING;
  const block = disk.blocks.get(height);
  const head = block ? `block ${height} ${block.hash} ${block.time.getTime() / 1000}` : `no block ${height}`;
  return [...(facts ?? []), ...(opened ?? []), head].sort();
}

const NOTHING: readonly string[] = [];

function compare(block: Block, stored: readonly string[], expected: readonly string[]): void {
  if (stored.length === expected.length && stored.every((line, at) => line === expected[at])) return;
  const missing = expected.find((line) => !stored.includes(line));
  const extra = stored.find((line) => !expected.includes(line));
  const doubled = stored.find((line, at) => stored.indexOf(line) !== at);
  throw new Error(
    `Block ${block.height} holds ${stored.length} facts, expected ${expected.length}. Missing: ${missing ?? 'none'}. Too many: ${extra ?? doubled ?? 'none'}.`,
  );
}

/** The ledger says of every height once how far it is proven. */
function checkVerified(disk: Disk, from: number, to: number): void {
  let next = from;
  for (const range of [...disk.verified].sort((one, other) => one.from - other.from)) {
    if (range.from !== next || range.to < range.from)
      throw new Error(`The ledger of what is proven goes on at ${range.from}, expected ${next}.`);
    next = range.to + 1;
  }
  if (next !== to + 1) throw new Error(`The ledger of what is proven ends at ${next - 1}, expected ${to}.`);
}
