import type { Hex } from '../../schema/lib/hex.js';
import type { Network } from '../../schema/protocols/protocols.js';
import { createRandom, type Random } from './createRandom.js';
import { EPOCH_MS } from './createVirtualClock.js';
import { draftTransactions, emptyMarket, type MarketState } from './draftTransactions.js';
import { type EncodedBlock, encodeBlock, type Transaction } from './encodeBlock.js';
import { toNetwork } from './marketLogs.js';

export interface Block extends EncodedBlock {
  readonly height: number;
  readonly parent: Block | undefined;
  /** Seconds since 1970. */
  readonly time: number;
  readonly transactions: readonly Transaction[];
  readonly market: MarketState;
}

/** From a moment on the chain ends with another block. */
export interface HeadChange {
  readonly atMs: number;
  readonly tip: Block;
}

/** A chain with all its branches, and which of them is the chain at which time. */
export interface World {
  readonly seed: number;
  readonly network: Network;
  /** A reorganisation that takes back this many blocks or more must not be followed. */
  readonly finalityDepth: number;
  readonly startHeight: number;
  readonly blocks: ReadonlyMap<Hex, Block>;
  readonly first: Block;
  /** The tip when the run begins. */
  readonly start: Block;
  /** In the order of time. */
  readonly changes: readonly HeadChange[];
  /** The tip in the end. */
  readonly end: Block;
  readonly endMs: number;
  readonly reorgs: number;
  /** The last change goes below what was final. */
  readonly isDeep: boolean;
  /** What the world holds, for the counters. */
  readonly features: ReadonlySet<string>;
}

export interface WorldOptions {
  readonly chainId: number;
  /** At most so many blocks on the chain; a failing seed is repeated with fewer. */
  readonly maxBlocks?: number | undefined;
  readonly withoutReorgs?: boolean | undefined;
  readonly isShort?: boolean | undefined;
}

export function createWorld(seed: number, options: WorldOptions): World {
  const random = createRandom(seed, 'world');
  const plan = drawPlan(random, options);
  const tree = createTree(random, plan);
  const start = tree.grow(tree.first, plan.startBlocks);
  const changes = drawChanges({ random, plan, tree, start });
  const end = changes.at(-1)?.tip ?? start;
  return {
    seed,
    network: toNetwork(options.chainId, plan.startHeight),
    finalityDepth: plan.finalityDepth,
    startHeight: plan.startHeight,
    blocks: tree.blocks,
    first: tree.first,
    start,
    changes,
    end,
    endMs: changes.at(-1)?.atMs ?? 0,
    reorgs: changes.filter(({ tip }, at) => !isAncestor(changes[at - 1]?.tip ?? start, tip)).length,
    isDeep: plan.isDeep,
    features: tree.features,
  };
}

/** Whether a block is on the path to another one, or the same. */
export function isAncestor(block: Block, descendant: Block): boolean {
  return findAt(descendant, block.height) === block;
}

/** The block of a height on the path to a tip. */
export function findAt(tip: Block, height: number): Block | undefined {
  if (height > tip.height) return undefined;
  let block: Block | undefined = tip;
  while (block && block.height > height) block = block.parent;
  return block;
}

interface Plan {
  readonly startBlocks: number;
  readonly blocks: number;
  readonly startHeight: number;
  readonly finalityDepth: number;
  readonly blockMs: number;
  readonly maxLogs: number;
  readonly emptyRate: number;
  readonly reorgRate: number;
  readonly isDeep: boolean;
}

function drawPlan(random: Random, options: WorldOptions): Plan {
  const isLong = !options.isShort && random.chance(0.2);
  const drawn = isLong
    ? random.between(140, random.pick([200, 200, 400]))
    : random.between(40, options.isShort ? 60 : 100);
  const blocks = Math.min(drawn, options.maxBlocks ?? drawn);
  // Beyond the window of the head blocks are read by ranges: a long chain begins with much of it.
  const startBlocks = Math.max(
    3,
    Math.floor(blocks * (isLong ? random.pick([0.8, 0.9]) : random.pick([0.1, 0.5, 0.8]))),
  );
  const reorgRate = random.pick([0, 0.05, 0.15, 0.3]);
  const isDeep = random.chance(0.08);
  return {
    startBlocks,
    blocks,
    startHeight: random.pick([0, 1, 2]),
    finalityDepth: random.pick([3, 6, 12, 24]),
    blockMs: random.pick([300, 1_000, 2_500]),
    maxLogs: random.pick(isLong ? [2, 4] : [2, 6, 20]),
    emptyRate: random.pick(isLong ? [0.6, 0.9] : [0.1, 0.5]),
    reorgRate: options.withoutReorgs ? 0 : reorgRate,
    isDeep: isDeep && !options.withoutReorgs,
  };
}

interface Tree {
  readonly blocks: Map<Hex, Block>;
  readonly first: Block;
  readonly features: Set<string>;
  /** Adds blocks with random contents on top of one; returns the last. */
  grow(parent: Block, count: number): Block;
  /** A block with these transactions, or with random ones. */
  add(parent: Block, transactions?: readonly Transaction[]): Block;
}

function createTree(random: Random, plan: Plan): Tree {
  const blocks = new Map<Hex, Block>();
  const features = new Set<string>();
  function put(parent: Block | undefined, transactions: readonly Transaction[], market: MarketState): Block {
    const height = parent ? parent.height + 1 : 0;
    const spacing = Math.max(1, Math.round(plan.blockMs / 1_000));
    // Fork blocks may come at any second after their parent's.
    const time = parent ? parent.time + spacing + (spacing > 1 ? random.below(2) : 0) : EPOCH_MS / 1_000 - 1_000_000;
    const draft = { height, parentHash: parent?.hash ?? NO_HASH, time, salt: random.hex(32), transactions };
    const block: Block = { ...encodeBlock(draft), height, parent, time, transactions, market };
    blocks.set(block.hash, block);
    return block;
  }
  function add(parent: Block, given?: readonly Transaction[]): Block {
    if (given) return put(parent, given, parent.market);
    const logs = random.chance(plan.emptyRate) ? 0 : random.between(1, plan.maxLogs);
    const { transactions, state } = draftTransactions(parent.market, { random, logs });
    return put(parent, transactions, state);
  }
  return {
    blocks,
    first: put(undefined, [], emptyMarket),
    features,
    add,
    grow(parent, count) {
      let tip = parent;
      for (let block = 0; block < count; block += 1) tip = add(tip);
      return tip;
    },
  };
}

const NO_HASH: Hex = `0x${'00'.repeat(32)}`;

function drawChanges(options: {
  readonly random: Random;
  readonly plan: Plan;
  readonly tree: Tree;
  readonly start: Block;
}): readonly HeadChange[] {
  const { random, plan, tree, start } = options;
  const changes: HeadChange[] = [];
  const left: Block[] = [];
  let tip = start;
  let highest = start.height;
  let atMs = 0;
  const move = (next: Block) => {
    if (!isAncestor(tip, next)) left.push(tip);
    tip = next;
    highest = Math.max(highest, tip.height);
    changes.push({ atMs: Math.round(atMs), tip });
  };
  while (tree.blocks.size < plan.blocks) {
    atMs += plan.blockMs * (0.2 + 1.8 * random.next()) + (random.chance(0.03) ? PAUSE_MS : 0);
    // Blocks that lie so deep may be taken back: below, nothing may.
    const lowest = Math.max(0, highest - plan.finalityDepth + 1);
    if (random.chance(plan.reorgRate) && tip.height > lowest) {
      move(drawFork({ random, tree, tip, lowest, left }));
    } else {
      move(tree.grow(tip, random.chance(0.1) ? random.between(2, 4) : 1));
    }
  }
  if (plan.isDeep) {
    atMs += PAUSE_MS;
    const lowest = highest - plan.finalityDepth + 1;
    const ancestor = findAt(tip, Math.min(tip.height, lowest) - random.between(1, 4));
    if (ancestor) {
      tree.features.add('deepReorg');
      move(tree.grow(ancestor, plan.finalityDepth + random.between(4, 12)));
    }
  }
  return changes;
}

/** Long enough for any catching up. */
const PAUSE_MS = 40_000;

function drawFork(options: {
  readonly random: Random;
  readonly tree: Tree;
  readonly tip: Block;
  readonly lowest: number;
  readonly left: readonly Block[];
}): Block {
  const { random, tree, tip, lowest, left } = options;
  const back = left.filter((block) => !isAncestor(block, tip) && findFork(block, tip).height >= lowest);
  if (back.length > 0 && random.chance(0.3)) {
    tree.features.add('backToFirstBranch');
    const branch = random.pick(back) as Block;
    return random.chance(0.5) ? branch : tree.grow(branch, random.between(1, 2));
  }
  const depth = random.chance(0.4) ? tip.height - lowest : random.between(1, Math.min(3, tip.height - lowest));
  const ancestor = findAt(tip, tip.height - depth);
  if (!ancestor) throw new Error('a fork begins on the chain');
  if (left.some((block) => isAncestor(ancestor, block) && block !== ancestor)) tree.features.add('forkOfFork');
  if (depth >= 5) tree.features.add('reorgOfDepth5');
  const length = Math.max(1, depth + random.between(-2, 2));
  if (length < depth) tree.features.add('shorterFork');
  switch (random.pick(['conflicting', 'conflicting', 'empty', 'again'] as const)) {
    case 'empty':
      tree.features.add('emptyFork');
      return Array.from({ length }).reduce<Block>((parent) => tree.add(parent, []), ancestor);
    case 'again':
      tree.features.add('sameEventsElsewhere');
      return includeAgain({ random, tree, tip, ancestor, length });
    default:
      return tree.grow(ancestor, length);
  }
}

/** The transactions that the fork took out come back, in other blocks and at other places, some not at all. */
function includeAgain(options: {
  readonly random: Random;
  readonly tree: Tree;
  readonly tip: Block;
  readonly ancestor: Block;
  readonly length: number;
}): Block {
  const { random, tree, tip, ancestor, length } = options;
  const taken: Transaction[] = [];
  for (let block = tip; block !== ancestor && block.parent; block = block.parent) taken.unshift(...block.transactions);
  const kept = taken.filter(() => !random.chance(0.2));
  let parent = ancestor;
  for (let left = length; left > 0; left -= 1) {
    const count = left === 1 ? kept.length : random.between(0, Math.ceil(kept.length / left));
    const some = kept.splice(0, count);
    parent = tree.add(parent, random.chance(0.3) ? some.reverse() : some);
  }
  return parent;
}

/** The last block that two tips have in common. */
export function findFork(one: Block, other: Block): Block {
  let [left, right]: [Block | undefined, Block | undefined] = [one, other];
  while (left && right && left !== right) {
    if (left.height >= right.height) left = left.parent;
    else right = right.parent;
  }
  if (!left) throw new Error('all blocks have one root');
  return left;
}
