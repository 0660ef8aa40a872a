import type { VerificationPolicy } from '../../indexer/source/verification/chainRules.js';
import type { NodeTraits, RangeCap } from './answerCall.js';
import { type Mishap, mishaps, type NodePlan } from './createNode.js';
import type { Random } from './createRandom.js';
import type { World } from './createWorld.js';
import { type LieKind, lies } from './lies.js';

export interface NodesOptions {
  readonly random: Random;
  readonly world: World;
  /** Another chain, for an endpoint that serves it. */
  readonly createOtherWorld: () => World;
  readonly chainId: number;
  readonly policy: VerificationPolicy;
  readonly withoutLies?: boolean | undefined;
  readonly withoutMishaps?: boolean | undefined;
  /** Nobody tells the truth. */
  readonly isAllLying: boolean;
}

/** The endpoints of a run. At least one means well unless all lie; rates are nothing, low or high, for each by itself. */
export function drawNodes(options: NodesOptions): readonly NodePlan[] {
  const { random, policy } = options;
  const count = random.pick([1, 2, 2, 3, 3, 4]);
  const honest = random.below(count);
  const isCalm = random.chance(0.15);
  return Array.from({ length: count }, (_, index): NodePlan => {
    const isLiar = options.isAllLying || (index !== honest && random.chance(0.6));
    const plan = drawNode(options, index, isCalm);
    // Drawn in any case, so that what is left out of a seed moves nothing else.
    const told = drawLies(random, policy);
    const isStranger = random.chance(0.08);
    if (index !== honest && !options.withoutLies && isStranger) return toStranger(options, plan);
    const isTold = isLiar && !isCalm && !options.withoutLies;
    return { ...plan, role: index === honest ? undefined : plan.role, lies: isTold ? told : {} };
  });
}

function drawNode(
  { random, world, chainId, policy, withoutMishaps }: NodesOptions,
  index: number,
  isCalm: boolean,
): NodePlan {
  const rates = Object.fromEntries(
    mishaps.map((mishap) => [mishap, isCalm || withoutMishaps ? 0 : drawRate(random, mishap)]),
  ) as Record<Mishap, number>;
  const least = random.pick([1, 20, 200]);
  return {
    url: `http://node-${index}.example`,
    role: random.pick([undefined, undefined, 'sync', 'head', 'fallback'] as const),
    traits: drawTraits(random, { chainId, world, policy }),
    mishaps: rates,
    lies: {},
    latencyMs: [least, least * random.between(1, 6)],
    announcesHeads: random.chance(0.4),
    forgetsBranches: random.chance(0.4),
    world,
  };
}

function drawTraits(
  random: Random,
  { chainId, world, policy }: Pick<NodesOptions, 'chainId' | 'world' | 'policy'>,
): NodeTraits {
  const traits: NodeTraits = {
    chainId,
    cap: random.chance(0.4) ? drawCap(random) : undefined,
    timesInLogs: random.chance(0.5),
    receipts: random.pick(['byHash', 'byHash', 'byHash', 'byNumber', 'byTransaction'] as const),
    logsByHash: random.chance(0.9),
    finalDepth: random.chance(0.7) ? world.finalityDepth + random.below(6) : undefined,
    refusesBeyondHead: random.chance(0.5),
    maxBatch: random.pick([1_000, 1_000, 20, 1]),
  };
  // Logs by height and the header beside them must be of one view, which only one batch is. Without it a block whose logs
  // are missing on another branch looks whole, and where nothing is verified nothing tells: no promise is made.
  return policy === 'off' && !traits.logsByHash ? { ...traits, maxBatch: 1_000 } : traits;
}

function drawCap(random: Random): RangeCap {
  const by = random.pick(['blocks', 'logs'] as const);
  // A single block must fit.
  const max = by === 'blocks' ? random.pick([1, 7, 50]) : random.pick([30, 60]);
  return { by, max, words: random.pick(['limit', 'suggestion', 'plain', 'null', 'strange'] as const) };
}

const LOW = 0.02;

function drawRate(random: Random, mishap: Mishap): number {
  const rate = random.pick([0, 0, LOW, mishap === 'clog' ? 0.03 : 0.2]);
  return mishap === 'clog' ? rate / 2 : rate;
}

/** Only such lies as can be caught by what is verified on this chain: on others nothing is promised. */
function drawLies(random: Random, policy: VerificationPolicy): NodePlan['lies'] {
  const caught = { off: ['form'], superset: ['form', 'bloom'], exact: ['form', 'bloom', 'receipts'] }[policy];
  const kinds = (Object.keys(lies) as LieKind[]).filter((kind) => caught.includes(lies[kind].needs));
  return Object.fromEntries(kinds.flatMap((kind) => (random.chance(0.3) ? [[kind, random.pick([LOW, 0.3])]] : [])));
}

function toStranger({ createOtherWorld }: NodesOptions, plan: NodePlan): NodePlan {
  return { ...plan, traits: { ...plan.traits, chainId: 5 }, world: createOtherWorld() };
}
