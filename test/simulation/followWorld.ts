import { createRandom } from './createRandom.js';
import { type Block, findAt, isAncestor } from './createWorld.js';
import type { Scenario } from './drawScenario.js';
import type { Run } from './Run.js';
import type { Standing } from './Storage.js';

/** Lets the world go by, then all trouble end, and waits for what is promised. */
export async function followWorld(run: Run): Promise<void> {
  const { scenario, clock, storage, state, trace, count } = run;
  const { world } = scenario;
  const random = createRandom(scenario.seed, 'follow');
  const deep = world.isDeep ? world.changes.at(-1) : undefined;
  await clock.sleep(deep ? deep.atMs - 1 : world.endMs);
  const final = deep && findFinalLost(scenario, await storage.look(), deep.tip);
  await clock.sleep(random.between(0, 10_000));
  state.isTroubled = false;
  state.isLying = scenario.doLiarsGoOn || scenario.isAllLying;
  trace.note(`${clock.now()} trouble ends`);
  if (final) return expectHalt(run, final);
  const limit = clock.now() + HEALING_MS;
  for (;;) {
    const { cursor, phase, phaseReason } = await storage.look();
    if (cursor?.hash === world.end.hash) break;
    if (clock.now() > limit) {
      if (scenario.isAllLying || (deep && phase === 'halted')) return;
      throw new Error(
        `L: ${HEALING_MS} ms after all trouble the cursor stands at ${cursor?.height} ${cursor?.hash}, the chain at ${world.end.height} ${world.end.hash}; ${phase} ${phaseReason}`,
      );
    }
    await clock.sleep(500);
  }
  count('healed');
  await clock.sleep(SETTLED_MS);
  const { cursor } = await storage.look();
  if (cursor?.hash !== world.end.hash && !scenario.isAllLying)
    throw new Error('L: the tip was reached and left again.');
}

/**
 * Within so long after all trouble has ended the tip must be reached: rests are of seconds, but a rate that was learned in
 * a storm of refusals grows again slowly.
 */
const HEALING_MS = 20 * 60_000;
/** Nothing may change any more once the tip is reached, for so long. */
const SETTLED_MS = 8_000;
/** Long enough for a look at a halted chain to be repeated. */
const HALTED_MS = 60_000;

/**
 * The highest block that is stored and was final by any endpoint's word, where the last change takes it back. Who died
 * between writing and the next looks at the head has not recorded it. The cursor may stand on a branch that was left
 * meanwhile: what is final has all branches in common.
 */
function findFinalLost({ nodes, world }: Scenario, standing: Standing, after: Block): Block | undefined {
  const { cursor, finalRecordedAt } = standing;
  const tip = cursor && world.blocks.get(cursor.hash);
  if (!tip || finalRecordedAt?.hash !== tip.hash) return undefined;
  const lowest = Math.max(world.finalityDepth - 1, ...nodes.map(({ traits }) => traits.finalDepth ?? 0));
  const final = findAt(tip, tip.height - lowest);
  return final && !isAncestor(final, after) ? final : undefined;
}

async function expectHalt(run: Run, final: Block): Promise<void> {
  const { clock, storage, count, scenario } = run;
  await clock.sleep(HALTED_MS);
  const { cursor, phase, phaseReason } = await storage.look();
  const tip = cursor && scenario.world.blocks.get(cursor.hash);
  if (!tip || !isAncestor(final, tip))
    throw new Error(`H: block ${final.height} was final and was taken back; the cursor stands at ${cursor?.height}.`);
  if (scenario.isAllLying) return;
  if (phase !== 'halted')
    throw new Error(`H: final blocks are gone, and the chain is ${phase} instead of halted: ${phaseReason}`);
  count('deepReorgHalt');
}
