import type { Hex } from '../../schema/lib/hex.js';
import { type Block, findAt, type World } from './createWorld.js';
import type { RpcLog } from './encodeBlock.js';
import { FACTORY, MARKET, topicOf } from './marketLogs.js';
import { toStableText } from './toStableText.js';

/** What must be stored of the chain, told by the chain alone: decoded and given its meaning by code of its own. */
export interface Truth {
  /** What a block adds, given the blocks before it. Lines in an order of their own. */
  listFacts(block: Block): readonly string[];
  /** The block of this hash on the way to a tip; throws what is wrong. */
  getTip(hash: Hex, height: number): Block;
}

export function createTruth(world: World): Truth {
  const registries = new Map<Block, Registry>();
  const facts = new Map<Block, readonly string[]>();

  function registryOf(block: Block | undefined): Registry {
    if (!block) return new Map();
    const known = registries.get(block);
    if (known) return known;
    let missing = block;
    while (missing.parent && !registries.has(missing.parent)) missing = missing.parent;
    // From below upwards: a chain may be too long for recursion.
    for (let height = missing.height; height <= block.height; height += 1) {
      const at = findAt(block, height);
      if (at) registries.set(at, register(at, at.parent ? (registries.get(at.parent) ?? new Map()) : new Map()));
    }
    return registries.get(block) ?? new Map();
  }

  function register(block: Block, before: Registry): Registry {
    if (block.height < world.startHeight) return before;
    const opened = block.logs.filter((log) => log.address === FACTORY && log.topics[0] === topicOf.MarketDeployed);
    const added = opened.filter((log) => !before.has(toAddress(log.topics[1])));
    if (added.length === 0) return before;
    const after = new Map(before);
    for (const log of added) {
      const address = toAddress(log.topics[1]);
      if (!after.has(address)) after.set(address, { height: block.height, logIndex: Number(log.logIndex) });
    }
    return after;
  }

  return {
    listFacts(block) {
      const known = facts.get(block);
      if (known) return known;
      const made = block.height < world.startHeight ? [] : toFacts(block, registryOf(block));
      facts.set(block, made);
      return made;
    },
    getTip(hash, height) {
      const block = world.blocks.get(hash);
      if (!block) throw new Error(`The cursor stands at ${hash}, which is no block.`);
      if (block.height !== height) throw new Error(`The cursor says ${height}, its block is ${block.height}.`);
      return block;
    },
  };
}

type Place = { readonly height: number; readonly logIndex: number };
type Registry = ReadonlyMap<Hex, Place>;

function toFacts(block: Block, registry: Registry): readonly string[] {
  const lines = block.logs.flatMap((log) => toLines(block, log, registry));
  if (lines.length > 0) lines.push(`block ${block.height} ${block.hash} ${block.time}`);
  for (const [address, { height, logIndex }] of registry) {
    if (height === block.height) lines.push(`contract ${address} market ${height}/${logIndex}`);
  }
  return lines.sort();
}

function toLines(block: Block, log: RpcLog, registry: Registry): string[] {
  const role = findRole(block, log, registry);
  if (!role) return [];
  const place = `${block.height}/${Number(log.logIndex)} ${block.hash} ${Number(log.transactionIndex)} ${log.transactionHash}`;
  const shape = shapes.get(log.topics[0] ?? '0x');
  const raw = `${log.address} ${log.topics.join()} ${log.data}`;
  if (!shape || shape.role !== role) return [`event ${place} ${raw} ${role}.unknown {} []`];
  const args = decode(log, shape);
  if (!args) return [`broken ${place} ${raw} decode`];
  const events = meanings[shape.name]?.(args) ?? [];
  return [`event ${place} ${raw} ${role}.${shape.name} ${toStableText(args)} ${toStableText(events)}`];
}

/** A market that the factory opened counts from the log on that says so. */
function findRole(block: Block, log: RpcLog, registry: Registry): 'market' | 'factory' | undefined {
  if (log.address === MARKET) return 'market';
  if (log.address === FACTORY) return 'factory';
  const opened = registry.get(log.address);
  if (!opened) return undefined;
  const isLater =
    opened.height < block.height || (opened.height === block.height && opened.logIndex < Number(log.logIndex));
  return isLater ? 'market' : undefined;
}

type Kind = 'number' | 'word' | 'address' | 'text';

interface Shape {
  readonly name: string;
  readonly role: 'market' | 'factory';
  readonly indexed: readonly (readonly [name: string, kind: Kind])[];
  readonly plain: readonly (readonly [name: string, kind: Kind])[];
}

const job = ['jobId', 'number'] as const;
const node = ['nodeId', 'word'] as const;
const amount = ['amount', 'number'] as const;

function shape(name: string, indexed: Shape['indexed'], plain: Shape['plain'], role: Shape['role'] = 'market'): Shape {
  return { name, role, indexed, plain };
}

const shapes: ReadonlyMap<Hex, Shape> = new Map(
  [
    shape(
      'NodeRegistered',
      [node, ['owner', 'address']],
      [
        ['gpuModel', 'number'],
        ['gpuCount', 'number'],
        ['endpoint', 'text'],
      ],
    ),
    shape('OfferUpdated', [node], [['pricePerHour', 'number']]),
    shape(
      'JobCreated',
      [job, ['client', 'address']],
      [
        ['specHash', 'word'],
        ['budget', 'number'],
      ],
    ),
    shape('JobAssigned', [job, node], [['price', 'number']]),
    shape('JobCompleted', [job, node], [amount, ['resultHash', 'word']]),
    shape('JobFailed', [job, node], [['reason', 'number']]),
    shape('StakeLocked', [node], [amount]),
    shape('StakeUnlocked', [node], [amount]),
    shape('StakeSlashed', [node, job], [amount]),
    shape('PayoutSent', [job, node, ['to', 'address']], [amount]),
    shape('MarketDeployed', [['market', 'address']], [['salt', 'number']], 'factory'),
  ].map((one) => [topicOf[one.name] ?? '0x', one]),
);

type Args = Readonly<Record<string, string | bigint>>;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** Undefined where the data does not hold what the event says. */
function decode(log: RpcLog, { indexed, plain }: Shape): Args | undefined {
  const args: Record<string, string | bigint> = {};
  for (const [at, [name, kind]] of indexed.entries()) args[name] = toValue(log.topics[at + 1]?.slice(2) ?? '', kind);
  const data = log.data.slice(2);
  for (const [at, [name, kind]] of plain.entries()) {
    const word = data.slice(at * 64, at * 64 + 64);
    if (word.length < 64) return undefined;
    if (kind !== 'text') {
      args[name] = toValue(word, kind);
      continue;
    }
    const start = Number(BigInt(`0x${word}`)) * 2;
    const length = data.slice(start, start + 64);
    if (length.length < 64) return undefined;
    const end = start + 64 + Number(BigInt(`0x${length}`)) * 2;
    if (end > data.length) return undefined;
    args[name] = toText(Buffer.from(data.slice(start + 64, end), 'hex'));
  }
  return args;
}

/** A byte that begins no character becomes a lone surrogate, so that none is lost. */
function toText(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((size) => isText(bytes.subarray(at, at + size))) ?? 0;
    const part = bytes.subarray(at, at + length);
    text += length > 0 ? utf8.decode(part) : String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
    at += Math.max(1, length);
  }
  return text;
}

function isText(bytes: Buffer): boolean {
  try {
    return utf8.decode(bytes) !== '';
  } catch {
    return false;
  }
}

function toValue(word: string, kind: Kind): string | bigint {
  if (kind === 'number') return BigInt(`0x${word}`);
  return kind === 'address' ? `0x${word.slice(24)}` : `0x${word}`;
}

function toAddress(topic: Hex | undefined): Hex {
  return `0x${topic?.slice(26) ?? ''}`;
}

/** What each event means, in the words of the canonical vocabulary. */
const meanings: Readonly<Record<string, (args: Args) => readonly object[]>> = {
  NodeRegistered: ({ nodeId, owner, endpoint, gpuModel, gpuCount }) => [
    {
      kind: 'providerUpdated',
      provider: nodeId,
      attributes: { owner, uri: endpoint, active: true, terms: { gpuModel: `${gpuModel}`, gpuCount: `${gpuCount}` } },
    },
  ],
  OfferUpdated: ({ nodeId, pricePerHour }) => [
    { kind: 'providerUpdated', provider: nodeId, attributes: { terms: { pricePerHour: `${pricePerHour}` } } },
  ],
  JobCreated: ({ jobId, client, specHash, budget }) => [
    {
      kind: 'jobCreated',
      job: `${jobId}`,
      buyer: client,
      tasks: [{ task: `${jobId}`, position: 0 }],
      attributes: { specHash, budget: `${budget}` },
    },
  ],
  JobAssigned: ({ jobId, nodeId }) => [
    { kind: 'jobAssigned', job: `${jobId}`, provider: nodeId },
    { kind: 'taskAttempted', task: `${jobId}`, node: nodeId },
  ],
  JobCompleted: ({ jobId }) => [{ kind: 'taskCompleted', task: `${jobId}` }],
  JobFailed: ({ jobId }) => [{ kind: 'taskFailed', task: `${jobId}` }],
  PayoutSent: ({ jobId, nodeId, to, amount: paid }) => [
    { kind: 'paid', task: `${jobId}`, provider: nodeId, role: 'provider', recipient: to, amount: paid },
  ],
  StakeLocked: ({ nodeId, amount: staked }) => [toStakeChange('locked', nodeId, staked, 1n)],
  StakeUnlocked: ({ nodeId, amount: staked }) => [toStakeChange('unlocked', nodeId, staked, -1n)],
  StakeSlashed: ({ nodeId, amount: staked, jobId }) => [
    { ...toStakeChange('slashed', nodeId, staked, -1n), task: `${jobId}` },
  ],
};

function toStakeChange(change: string, nodeId: unknown, staked: unknown, sign: bigint) {
  const delta = sign * (staked as bigint);
  return { kind: 'stakeChanged', change, account: nodeId, amount: staked, delta, provider: nodeId };
}
