import type { VerificationPolicy } from '../../indexer/source/verification/chainRules.js';
import type { StoreFaults } from './createMemoryStore.js';
import { type NodePlan } from './createNode.js';
import type { CrashRates } from './createProcess.js';
import { createRandom } from './createRandom.js';
import { createWorld, type World } from './createWorld.js';
import { drawNodes } from './drawNodes.js';

/** What a seed stands for: a chain, its endpoints, and what befalls the indexer. */
export interface Scenario {
  readonly seed: number;
  readonly chainId: number;
  readonly policy: VerificationPolicy;
  readonly world: World;
  readonly nodes: readonly NodePlan[];
  /** Indexers on one database. */
  readonly indexers: number;
  readonly crashes: CrashRates;
  readonly maxCrashes: number;
  readonly storeFaults: StoreFaults;
  /** Endpoints that lie go on when all else is well again. */
  readonly doLiarsGoOn: boolean;
  /** Nobody tells the truth: what is stored must be right, that it gets anywhere is not asked for. */
  readonly isAllLying: boolean;
  readonly pollMs: number;
  readonly maxRangeBlocks: number;
  readonly leaseMs: number;
  /** A process that starts again is another holder of the lease. */
  readonly hasNewNameAfterCrash: boolean;
  /** How far the time of day runs from the true one. */
  readonly skewMs: number;
}

/** What is left out of a seed, to see whether it fails without it. */
export interface Reduction {
  readonly withoutLies?: boolean | undefined;
  readonly withoutMishaps?: boolean | undefined;
  readonly withoutCrashes?: boolean | undefined;
  readonly withoutStoreFaults?: boolean | undefined;
  readonly withoutRivals?: boolean | undefined;
  readonly withoutReorgs?: boolean | undefined;
  readonly maxBlocks?: number | undefined;
  readonly isShort?: boolean | undefined;
}

/** By which chain the product knows how strictly it can verify. */
const chains = [
  { policy: 'exact', chainId: 31_337 },
  { policy: 'exact', chainId: 31_337 },
  { policy: 'exact', chainId: 31_337 },
  { policy: 'exact', chainId: 31_337 },
  // Before Byzantium receipts are not asked for.
  { policy: 'superset', chainId: 1 },
  { policy: 'off', chainId: 137 },
] as const;

export function drawScenario(seed: number, reduction: Reduction = {}): Scenario {
  const random = createRandom(seed, 'scenario');
  const { policy, chainId } = random.pick(chains);
  const world = createWorld(seed, { chainId, ...reduction });
  const isAllLying = random.chance(0.03);
  const nodes = drawNodes({
    ...{
      random: createRandom(seed, 'nodes'),
      world,
      chainId,
      policy,
      isAllLying: isAllLying && !reduction.withoutLies,
    },
    createOtherWorld: () => createWorld(seed + 0.5, { chainId, maxBlocks: 12, isShort: true, withoutReorgs: true }),
    ...reduction,
  });
  const [crash, maxCrashes] = random.pick([
    [0, 0],
    [0.0005, 4],
    [0.005, 12],
  ] as const);
  const rate = () => random.pick([0, 0, 0.01, 0.08]);
  const storeFaults = { refused: rate(), dropped: rate(), ambiguous: rate() };
  const isRivalled = random.chance(0.25);
  // Who stops for longer than the lease finds another one writing.
  const freeze = random.pick([0, 0, isRivalled ? 0.005 : 0.001]);
  const crashes = { crash, crashAtWrite: crash * 15, freeze };
  return {
    ...{ seed, chainId, policy, world, nodes, maxCrashes, isAllLying },
    indexers: isRivalled && !reduction.withoutRivals ? 2 : 1,
    crashes: reduction.withoutCrashes ? { crash: 0, crashAtWrite: 0, freeze: 0 } : crashes,
    storeFaults: reduction.withoutStoreFaults ? { refused: 0, dropped: 0, ambiguous: 0 } : storeFaults,
    doLiarsGoOn: random.chance(0.5),
    pollMs: random.pick([500, 1_500]),
    maxRangeBlocks: random.pick([3, 50, 1_000]),
    leaseMs: random.pick([6_000, 30_000]),
    hasNewNameAfterCrash: random.chance(0.5),
    skewMs: random.pick([0, 0, -3_600_000, 10_000]),
  };
}
